/** A real Prisma client, generated for the run, in a small server of its own process. */
import { copyFile, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { type App, type AppOptions, startApp } from "./app.js";
import { generate, type PrismaVersion, packagesOf } from "./prisma-versions.js";

/** Both versions with the query engine in JavaScript; 6 still wants an engine type and a URL for that. */
const SCHEMA = (version: PrismaVersion): string => `
generator client {
	provider = "prisma-client-js"
	output   = "./client"
	${version === "7.10.0" ? "" : 'engineType = "client"'}
}
datasource db {
	provider = "postgresql"
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

export interface PrismaProgram {
	/** Starts the server; its clients name themselves `app-PID` to the database. */
	start(databaseUrl: string, options?: AppOptions): Promise<App>;
	remove(): Promise<void>;
}

/** @param source Name of a file beside this one. */
export async function buildPrismaProgram(source = "prisma-app.cjs", version: PrismaVersion = "7.10.0"): Promise<PrismaProgram> {
	const modules = await packagesOf(version);
	const folder = await mkdtemp(join(tmpdir(), "leak-lens-prisma-"));
	const script = join(folder, `app${extname(source)}`);
	await symlink(modules, join(folder, "node_modules"));
	await writeFile(join(folder, "schema.prisma"), SCHEMA(version));
	await copyFile(join(import.meta.dirname, source), script);
	await generate(folder, modules);
	return {
		start: (databaseUrl, options = {}) => startApp(script, { ...options, env: { ...options.env, DATABASE_URL: databaseUrl } }),
		remove: () => rm(folder, { recursive: true, force: true }),
	};
}
