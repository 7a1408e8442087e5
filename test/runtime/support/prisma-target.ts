/** A real Prisma 7 client, generated for the run, in a small server of its own process. */
import { execFile } from "node:child_process";
import { chmod, copyFile, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type App, type AppOptions, startApp } from "./app.js";

const PROJECT = join(import.meta.dirname, "../../..");

const SCHEMA = `
generator client {
	provider = "prisma-client-js"
	output   = "./client"
}
datasource db {
	provider = "postgresql"
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

export interface PrismaProgram {
	/** Starts the server; its clients name themselves `app-PID` to the database. */
	start(databaseUrl: string, options?: AppOptions): Promise<App>;
	remove(): Promise<void>;
}

export async function buildPrismaProgram(): Promise<PrismaProgram> {
	const folder = await mkdtemp(join(tmpdir(), "leak-lens-prisma-"));
	const script = join(folder, "app.cjs");
	await symlink(join(PROJECT, "node_modules"), join(folder, "node_modules"));
	await writeFile(join(folder, "schema.prisma"), SCHEMA);
	await copyFile(join(import.meta.dirname, "prisma-app.cjs"), script);
	await generate(folder);
	return {
		start: (databaseUrl, options = {}) => startApp(script, { ...options, env: { ...options.env, DATABASE_URL: databaseUrl } }),
		remove: () => rm(folder, { recursive: true, force: true }),
	};
}

/** `prisma generate` looks for a schema engine that it then does not use, and that npm does not carry. */
async function generate(folder: string): Promise<void> {
	const engine = join(folder, "no-schema-engine");
	await writeFile(engine, "#!/bin/sh\nexit 0\n");
	await chmod(engine, 0o755);
	await promisify(execFile)(process.execPath, [join(PROJECT, "node_modules/prisma/build/index.js"), "generate"], {
		cwd: folder,
		env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: engine, CHECKPOINT_DISABLE: "1" },
	});
}
