import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../../../scripts/lib/paths.js";
import { run } from "../../../scripts/lib/processes.js";

/** What fixtures import beside the client. */
const PACKAGES = ["pg", "@types/pg", "express", "@types/express", "@types/node@20", "dotenv", "@prisma/extension-accelerate"];
const FRAMEWORKS = [
	"fastify@5",
	"@nestjs/common@11",
	"@nestjs/core@11",
	"@nestjs/platform-express@11",
	"reflect-metadata",
	"rxjs",
	"@hapi/hapi@21.4.10",
	"hono@4.13.19",
	"@hono/node-server@2.1.9",
];
const ADAPTERS = ["@prisma/adapter-pg", "@prisma/adapter-mariadb"];

const SCHEMA = (options: string, url: string): string => `
generator client {
	provider = "prisma-client-js"
${options}}
datasource db {
	provider = "postgresql"
${url}}
model User {
	id    Int    @id @default(autoincrement())
	email String
}
`;

/** A folder whose `node_modules` hold a client that this version of Prisma really generated; made once, and kept. */
export async function generatedClient(version: string): Promise<string> {
	const folder = join(cacheFolder, `prisma-${version}`);
	const done = join(folder, "generated");
	const pinned = ["prisma", "@prisma/client", ...ADAPTERS].map((name) => `${name}@${version}`);
	const packages = [...pinned, ...PACKAGES, ...FRAMEWORKS];
	if (existsSync(done) && (await readFile(done, "utf8")) === packages.join("\n")) return folder;
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, "package.json"), '{ "private": true }\n');
	await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], { cwd: folder });
	const isOld = version.startsWith("6.");
	const schema = isOld ? SCHEMA("", '\turl = env("DATABASE_URL")\n') : SCHEMA('\toutput = "./node_modules/.prisma/client"\n', "");
	await writeFile(join(folder, "schema.prisma"), schema);
	// Generating asks for a schema engine that it does not use here, and that npm does not carry.
	const engine = join(folder, "no-schema-engine");
	await writeFile(engine, "#!/bin/sh\nexit 0\n");
	await chmod(engine, 0o755);
	const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: engine, PRISMA_QUERY_ENGINE_LIBRARY: engine, CHECKPOINT_DISABLE: "1" };
	await run(process.execPath, [join(folder, "node_modules/prisma/build/index.js"), "generate", "--schema=schema.prisma"], {
		cwd: folder,
		env,
	});
	await writeFile(done, packages.join("\n"));
	return folder;
}
