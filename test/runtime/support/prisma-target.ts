/** A real Prisma client, generated for the run, in a small server of its own process. */
import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { transform } from "esbuild";
import { projectRoot } from "../../../scripts/lib/paths.js";
import { type App, type AppOptions, startApp } from "./app.js";
import { type DatabaseKind, generate, type PrismaVersion, packagesOf } from "./prisma-versions.js";

/** Both versions with the query engine in JavaScript; 6 still wants an engine type and a URL for that. */
const SCHEMA = (version: PrismaVersion, database: DatabaseKind): string => `
generator client {
	provider = "prisma-client-js"
	output   = "./client"
	${version === "7.10.0" ? "" : 'engineType = "client"'}
}
datasource db {
	provider = "${database}"
	${version === "7.10.0" ? "" : 'url = env("DATABASE_URL")'}
}
model Hotel {
	id   Int    @id @default(autoincrement())
	name String
}
model Room {
	id     Int @id @default(autoincrement())
	number Int
}
`;

/** Prisma's migrations need an engine that npm does not carry; the same tables by hand. */
export const TABLES = `CREATE TABLE "Hotel" (id serial PRIMARY KEY, name text NOT NULL); CREATE TABLE "Room" (id serial PRIMARY KEY, number int NOT NULL)`;

/** Which every program requires. */
const SERVE_ROUTES = "serve-routes.cjs";

/** As it is; compiled to CommonJS with a source map; TypeScript that tsx compiles; TypeScript that Node itself strips. */
export type ProgramForm = "as it is" | "compiled" | "tsx" | "native TypeScript";

export interface PrismaProgram {
	/** The program's file; what is compiled names its source. */
	readonly file: string;
	/** Starts the server; its clients name themselves `app-PID` to the database. */
	start(databaseUrl: string, options?: AppOptions): Promise<App>;
	remove(): Promise<void>;
}

export interface ProgramOptions {
	readonly version?: PrismaVersion;
	readonly form?: ProgramForm;
	readonly database?: DatabaseKind;
}

/** @param source Name of a file beside this one. */
export async function buildPrismaProgram(
	source = "prisma-app.cjs",
	{ version = "7.10.0", form = "as it is", database = "postgresql" }: ProgramOptions = {},
): Promise<PrismaProgram> {
	const modules = await packagesOf(version, database);
	const folder = await mkdtemp(join(tmpdir(), "leak-lens-prisma-"));
	await symlink(modules, join(folder, "node_modules"));
	await writeFile(join(folder, "schema.prisma"), SCHEMA(version, database));
	await copyFile(join(import.meta.dirname, SERVE_ROUTES), join(folder, SERVE_ROUTES));
	const { script, file, nodeOptions } = await writeProgram(folder, join(import.meta.dirname, source), form);
	await generate(folder, modules);
	return {
		file,
		start: (databaseUrl, options = {}) =>
			startApp(script, {
				...options,
				nodeOptions: [...nodeOptions, ...(options.nodeOptions ?? [])],
				env: { ...options.env, DATABASE_URL: databaseUrl },
			}),
		remove: () => rm(folder, { recursive: true, force: true }),
	};
}

async function writeProgram(folder: string, source: string, form: ProgramForm) {
	if (form === "compiled") {
		const file = join(folder, "app.mjs");
		const script = join(folder, "dist.cjs");
		const { code, map } = await transform(await readFile(source, "utf8"), {
			format: "cjs",
			minifyWhitespace: true,
			sourcemap: "external",
			sourcefile: "app.mjs",
		});
		await writeFile(script, `${code}\n//# sourceMappingURL=dist.cjs.map\n`);
		await writeFile(`${script}.map`, map);
		return { script, file, nodeOptions: [] };
	}
	const typescript = form !== "as it is";
	const script = join(folder, `app${typescript ? ".mts" : extname(source)}`);
	await copyFile(source, script);
	const tsx = join(projectRoot, "node_modules/tsx/dist/esm/index.mjs");
	return { script, file: script, nodeOptions: form === "tsx" ? ["--import", tsx] : [] };
}
