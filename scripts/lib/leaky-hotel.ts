/** The example server, run from a copy so that fixes tried on it leave the repository as it is. */
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import { projectRoot } from "./paths.js";
import { freePort, untilAnswers } from "./ports.js";
import { type ProcessGroup, run, start } from "./processes.js";

const START_TIMEOUT_MS = 60_000;
const exampleFolder = join(projectRoot, "examples", "leaky-hotel");
const GENERATED = new Set(["generated", "node_modules"]);
const inProject = (...path: string[]) => join(projectRoot, "node_modules", ...path);

export interface HotelCopy {
	/** The copy's folder: the workspace to open. */
	readonly folder: string;
	remove(): Promise<void>;
}

/** Copies the example beside a link to the project's packages, and generates its Prisma client. */
export async function copyHotel(): Promise<HotelCopy> {
	const parent = await mkdtemp(join(tmpdir(), "prisma-leak-lens-"));
	const remove = () => rm(parent, { recursive: true, force: true, maxRetries: 5 });
	const folder = join(parent, "leaky-hotel");
	try {
		await cp(exampleFolder, folder, { recursive: true, filter: (source) => !GENERATED.has(basename(source)) });
		await symlink(inProject(), join(parent, "node_modules"));
		await generateClient(folder);
	} catch (error) {
		await remove();
		throw error;
	}
	return { folder, remove };
}

/** `prisma generate` asks for a schema engine that it does not use here, and that npm does not carry. */
async function generateClient(folder: string): Promise<void> {
	const engine = join(folder, "..", "no-schema-engine");
	await writeFile(engine, "#!/bin/sh\nexit 0\n");
	await chmod(engine, 0o755);
	const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: engine, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
	await run(process.execPath, [inProject("prisma", "build", "index.js"), "generate"], { cwd: folder, env });
}

/** Creates the example's tables and rows in an empty database. */
export async function fillDatabase(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(await readFile(join(exampleFolder, "db.sql"), "utf8"));
	} finally {
		await client.end();
	}
}

export interface RunningHotel {
	readonly url: string;
	readonly pid: number;
	readonly process: ProcessGroup;
}

/** Starts the server in `folder`, configured by a `.env` file as people do, which also tells the monitor where the database is. */
export async function startHotel(folder: string, databaseUrl: string): Promise<RunningHotel> {
	const port = await freePort();
	await writeFile(join(folder, ".env"), `PORT=${port}\nDATABASE_URL="${databaseUrl}?connection_limit=20"\n`);
	const server = start(process.execPath, ["--env-file=.env", "--import", "tsx", "src/server.ts"], { cwd: folder });
	const url = `http://127.0.0.1:${port}`;
	const { pid } = server.child;
	try {
		await untilAnswers(`${url}/health`, server, START_TIMEOUT_MS);
		if (pid === undefined) throw new Error(`"${server.command}" did not start.`);
	} catch (error) {
		await server.stop();
		throw error;
	}
	return { url, pid, process: server };
}
