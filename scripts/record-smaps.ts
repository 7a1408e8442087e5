/**
 * `npm run record-smaps`: keeps what the kernel says of the mappings of real processes in `test/fixtures/smaps`: Prisma 7 and 6 with the
 * query engine in WASM, and a process with a native addon under the name of Prisma's Rust engine, which npm does not carry. The fields
 * that nothing reads are left out, and the path of the Node program says no more than its name.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type App, startApp } from "../test/runtime/support/app.js";
import { engineLibrary } from "../test/runtime/support/engine-library.js";
import { type NodeVersion, nodeProgram } from "../test/runtime/support/node-versions.js";
import { buildPrismaProgram, TABLES } from "../test/runtime/support/prisma-target.js";
import type { PrismaVersion } from "../test/runtime/support/prisma-versions.js";
import { projectRoot } from "./lib/paths.js";
import { startPostgres } from "./lib/postgres.js";
import { say } from "./lib/progress.js";
import { runToTheEnd, type Teardown } from "./lib/teardown.js";

const FOLDER = join(projectRoot, "test", "fixtures", "smaps");
/** A mapping's head, and the fields that are read. */
const KEPT = /^(?:[0-9a-f]+-[0-9a-f]+ |Rss:|Private_Clean:|Private_Dirty:|VmFlags:)/;

async function keep(name: string, { pid }: App, program: string): Promise<void> {
	const lines = (await readFile(`/proc/${pid}/smaps`, "utf8")).split("\n").filter((line) => KEPT.test(line));
	const text = lines
		.join("\n")
		.replaceAll(program, "/usr/local/bin/node")
		.replaceAll(/\/\S+\/(?=libquery_engine)/g, "/app/node_modules/.prisma/client/");
	await mkdir(FOLDER, { recursive: true });
	await writeFile(join(FOLDER, `${name}.smaps`), `${text}\n`);
	say(`Kept ${name}.`);
}

async function prisma(teardown: Teardown, url: string, version: PrismaVersion, node: NodeVersion): Promise<void> {
	const program = await nodeProgram(node);
	const built = teardown.own(await buildPrismaProgram("prisma-app.cjs", { version }), (made) => made.remove());
	const app = teardown.own(await built.start(url, { node: program }), (running) => running.stop());
	for (let client = 0; client < 3; client++) await app.get("/open?max=5");
	await app.get("/load?queries=5&seconds=0.5");
	await app.get("/count?times=500");
	await keep(`prisma-${version.split(".")[0]}-node-${node.split(".")[0]}`, app, program);
}

async function main(teardown: Teardown): Promise<number> {
	const postgres = teardown.own(await startPostgres(), (server) => server.stop());
	await postgres.query(TABLES);
	await prisma(teardown, postgres.url, "7.10.0", "24.21.0");
	await prisma(teardown, postgres.url, "6.19.3", "22.23.3");
	const engine = teardown.own(await engineLibrary(), (library) => library.remove());
	const program = await nodeProgram("20.20.2");
	const allocator = join(projectRoot, "test", "runtime", "support", "allocator.cjs");
	const app = teardown.own(await startApp(allocator, { node: program }), (running) => running.stop());
	await app.get(`/load?file=${encodeURIComponent(engine.file)}`);
	await keep("engine-library-node-20", app, program);
	return 0;
}

void runToTheEnd(main);
