/** Prisma in the versions a project may have: packages, and a client generated with them. */
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../../scripts/lib/paths.js";
import { run } from "../../../scripts/lib/processes.js";
import { generatedClient } from "./generated-client.js";

export type PrismaVersion = "7.10.0" | "6.19.3";

/** A provider of Prisma's schema; MariaDB is `mysql` there. */
export type DatabaseKind = "postgresql" | "mysql";

/** The `node_modules` with that version of Prisma and its adapter for that database. */
export async function packagesOf(version: PrismaVersion, database: DatabaseKind): Promise<string> {
	return version === "7.10.0" && database === "postgresql"
		? join(projectRoot, "node_modules")
		: join(await generatedClient(version), "node_modules");
}

/** Runs `prisma generate` in a folder whose packages are at `modules`. It looks for engines that it then does not use. */
export async function generate(folder: string, modules: string): Promise<void> {
	const engine = join(folder, "no-engine");
	await writeFile(engine, "#!/bin/sh\nexit 0\n");
	await chmod(engine, 0o755);
	const env = {
		...process.env,
		PRISMA_SCHEMA_ENGINE_BINARY: engine,
		PRISMA_QUERY_ENGINE_LIBRARY: engine,
		CHECKPOINT_DISABLE: "1",
		DATABASE_URL: "postgresql://nobody@127.0.0.1/none",
	};
	await run(process.execPath, [join(modules, "prisma", "build", "index.js"), "generate"], { cwd: folder, env });
}
