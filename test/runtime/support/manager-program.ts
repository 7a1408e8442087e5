/** A program whose clients "Use singleton" has moved to the connection manager it creates, over a really generated Prisma client. */
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectRoot } from "../../../scripts/lib/paths.js";
import { run } from "../../../scripts/lib/processes.js";
import { openProject } from "../../../src/analysis/index.js";
import { applyChanges } from "../../../src/cli/apply-changes.js";
import { DEFAULT_SETTINGS } from "../../../src/config/index.js";
import { type App, type AppOptions, startApp } from "./app.js";
import { generate, type PrismaVersion, packagesOf } from "./prisma-versions.js";

export interface ManagerKind {
	readonly version: PrismaVersion;
	readonly language: "TypeScript" | "JavaScript";
}

export interface ManagerProgram {
	/** Its connections name themselves `managed` to the database. */
	start(databaseUrl: string, options?: AppOptions): Promise<App>;
	typeCheck(): Promise<void>;
	/** Puts a source beside the others. */
	write(name: string, text: string): Promise<void>;
	/** Runs a source until it ends by itself; answers with what it printed last, as JSON, and before. Rejects when it fails. */
	run(name: string, databaseUrl: string): Promise<{ readonly result: unknown; readonly output: string }>;
	remove(): Promise<void>;
}

const MODELS = `
model Hotel {
	id   Int    @id @default(autoincrement())
	name String
}
`;

/** Pool settings come from the environment, so that one program serves tests of different kinds. */
const CLIENT = `new PrismaClient({
	adapter: new PrismaPg({
		connectionString: process.env.DATABASE_URL,
		application_name: "managed",
		max: 3,
		idleTimeoutMillis: 1_000,
		maxLifetimeSeconds: Number(process.env.MAX_AGE ?? 1_800),
	}),
	log: [{ emit: "event", level: "query" }],
})`;

const TYPESCRIPT = (name: string) => `import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/prisma/client.js";

const ${name} = ${CLIENT};

export const ${name}Count = () => ${name}.hotel.count();
`;

const JAVASCRIPT = (name: string) => `const { PrismaPg } = require("@prisma/adapter-pg");
const { PrismaClient } = require("./generated/prisma");

const ${name} = ${CLIENT};

module.exports = { ${name}Count: () => ${name}.hotel.count() };
`;

export async function buildManagerProgram({ version, language }: ManagerKind): Promise<ManagerProgram> {
	const folder = await mkdtemp(join(tmpdir(), "leak-lens-manager-"));
	const remove = () => rm(folder, { recursive: true, force: true });
	const inTypeScript = language === "TypeScript";
	try {
		const modules = await packagesOf(version, "postgresql");
		await symlink(modules, join(folder, "node_modules"));
		const extension = inTypeScript ? "ts" : "js";
		const dependencies = { "@prisma/client": version, "@prisma/adapter-pg": version };
		const files: Record<string, string> = {
			"package.json": JSON.stringify({ name: "managed", type: inTypeScript ? "module" : "commonjs", dependencies }),
			"prisma/schema.prisma": schema(version, inTypeScript),
			"tsconfig.json": TSCONFIG,
			[`src/rooms.${extension}`]: inTypeScript ? TYPESCRIPT("rooms") : JAVASCRIPT("rooms"),
			[`src/guests.${extension}`]: inTypeScript ? TYPESCRIPT("guests") : JAVASCRIPT("guests"),
		};
		for (const [path, text] of Object.entries(files)) {
			await mkdir(dirname(join(folder, path)), { recursive: true });
			await writeFile(join(folder, path), text);
		}
		await generate(folder, modules);
		await useManager(folder);
		const loader = inTypeScript ? ["--import", join(projectRoot, "node_modules/tsx/dist/esm/index.mjs")] : [];
		await copyFile(join(import.meta.dirname, "manager-app.mjs"), join(folder, "app.mjs"));
		return {
			start: (databaseUrl, { nodeOptions = [], env = {} } = {}) =>
				startApp(join(folder, "app.mjs"), {
					nodeOptions: [...loader, ...nodeOptions],
					env: { ...env, DATABASE_URL: databaseUrl, MODULE: join(folder, "src", "lib", `prisma.${extension}`) },
				}),
			typeCheck: () => run(process.execPath, [join(projectRoot, "node_modules", "typescript", "bin", "tsc"), "-p", folder]),
			write: (name, text) => writeFile(join(folder, "src", `${name}.${extension}`), text),
			async run(name, databaseUrl) {
				let output = "";
				await run(process.execPath, [...loader, join(folder, "src", `${name}.${extension}`)], {
					env: { ...process.env, DATABASE_URL: databaseUrl },
					onOutput: (text) => {
						output += text;
					},
				});
				return { result: JSON.parse(output.trim().split("\n").at(-1) ?? ""), output };
			},
			remove,
		};
	} catch (error) {
		await remove();
		throw error;
	}
}

function schema(version: PrismaVersion, inTypeScript: boolean): string {
	const output = 'output = "../src/generated/prisma"';
	const engine = version.startsWith("6") ? '\n\tengineType = "client"' : "";
	const url = version.startsWith("6") ? '\n\turl = env("DATABASE_URL")' : "";
	const provider = inTypeScript ? "prisma-client" : "prisma-client-js";
	return `generator client {\n\tprovider = "${provider}"\n\t${output}${engine}\n}\ndatasource db {\n\tprovider = "postgresql"${url}\n}\n${MODELS}`;
}

const TSCONFIG = JSON.stringify({
	compilerOptions: {
		strict: true,
		noUncheckedIndexedAccess: true,
		exactOptionalPropertyTypes: true,
		noUnusedLocals: true,
		noUnusedParameters: true,
		erasableSyntaxOnly: true,
		module: "nodenext",
		target: "es2023",
		skipLibCheck: true,
		noEmit: true,
		types: ["node"],
	},
	include: ["src"],
});

/** What "Use singleton" does with the setting `singleton.style: "manager"`. */
async function useManager(folder: string): Promise<void> {
	const project = openProject(folder, { ...DEFAULT_SETTINGS, singletonStyle: "manager" });
	await project.scan();
	const { outcome, refused } = project.fixAll({ fix: "use-singleton" }, { kind: "workspace" });
	const [left] = refused;
	if (left) throw new Error(left.reason);
	if (outcome.kind === "refused") throw new Error(outcome.reason);
	for (const change of outcome.fix.changes) {
		const path = join(folder, change.file);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, change.kind === "create" ? change.text : applyChanges(await readFile(path, "utf8"), change.changes));
	}
}
