/** Prisma in the versions a project may have: packages, and a client generated with them. */
import { existsSync } from "node:fs";
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, projectRoot } from "../../../scripts/lib/paths.js";
import { run } from "../../../scripts/lib/processes.js";

export type PrismaVersion = "7.10.0" | "6.19.3";

/** The `node_modules` with that version of Prisma and its adapter for PostgreSQL: the project's own, or one fetched once. */
export async function packagesOf(version: PrismaVersion): Promise<string> {
	if (version === "7.10.0") return join(projectRoot, "node_modules");
	const folder = join(cacheFolder, `prisma-${version}`);
	const modules = join(folder, "node_modules");
	if (existsSync(modules)) return modules;
	const fresh = `${folder}.${process.pid}`;
	await mkdir(fresh, { recursive: true });
	await writeFile(join(fresh, "package.json"), '{ "private": true }');
	const packages = ["prisma", "@prisma/client", "@prisma/adapter-pg"].map((name) => `${name}@${version}`);
	await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages, "@types/node@20", "@types/pg@8"], {
		cwd: fresh,
	});
	// In one step, so that nobody takes half of it for the whole.
	await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
	return modules;
}

/** Runs `prisma generate` in a folder whose packages are at `modules`. It looks for a schema engine that it then does not use. */
export async function generate(folder: string, modules: string): Promise<void> {
	const engine = join(folder, "no-schema-engine");
	await writeFile(engine, "#!/bin/sh\nexit 0\n");
	await chmod(engine, 0o755);
	const env = {
		...process.env,
		PRISMA_SCHEMA_ENGINE_BINARY: engine,
		CHECKPOINT_DISABLE: "1",
		DATABASE_URL: "postgresql://nobody@127.0.0.1/none",
	};
	await run(process.execPath, [join(modules, "prisma", "build", "index.js"), "generate"], { cwd: folder, env });
}
