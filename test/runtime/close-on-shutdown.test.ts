import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { projectRoot } from "../../scripts/lib/paths.js";
import { freePort } from "../../scripts/lib/ports.js";
import { readFixtures } from "../analysis/fixes/fixture.js";
import { generatedClient } from "./support/generated-client.js";

const TSX = pathToFileURL(join(projectRoot, "node_modules/tsx/dist/loader.mjs")).href;
/** Says when the pool is ended. */
const TELLING = `const end = pool.end.bind(pool);\npool.end = async () => { console.log("pool ended"); return end(); };`;

it.each([
	["Express", "ts-esm/server-entry", "src/server.ts", { signal: "SIGTERM", code: null }],
	["node:http", "js-cjs/server-entry", "src/index.js", { signal: "SIGTERM", code: null }],
	["Fastify", "ts-esm/fastify", "src/server.ts", { signal: "SIGTERM", code: null }],
	["Fastify with a handler of its own", "js-cjs/fastify-build", "src/server.js", { signal: null, code: 0 }],
	["Hapi", "ts-esm/hapi", "src/server.ts", { signal: "SIGTERM", code: null }],
	["Hono", "js-esm/hono", "src/server.js", { signal: "SIGTERM", code: null }],
	["Nest", "ts-esm/nest-service", "src/main.ts", { signal: "SIGTERM", code: null }],
])(
	"On SIGTERM a repaired server of %s ends its pool and stops",
	async (_framework, name, entry, expected) => {
		const fixture = readFixtures("close-on-shutdown").find((candidate) => candidate.name === `close-on-shutdown/${name}`);
		if (!fixture) throw new Error("The fixture is gone.");
		const port = await freePort();
		const folder = await writeProgram(new Map([...fixture.before, ...fixture.after]), port);
		const server = spawn(process.execPath, ["--import", TSX, entry], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
		onTestFinished(() => void server.kill("SIGKILL"));
		const output = text(server.stdout);
		await untilListening(port);
		server.kill("SIGTERM");
		const [code, signal] = await once(server, "exit");
		expect(await output).toContain("pool ended");
		expect({ code, signal }).toEqual(expected);
	},
	300_000,
);

async function writeProgram(files: ReadonlyMap<string, string>, port: number): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "leak-lens-shutdown-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await symlink(join(await generatedClient("7.10.0"), "node_modules"), join(folder, "node_modules"));
	await writeFile(join(folder, "tsconfig.json"), `{ "compilerOptions": { "experimentalDecorators": true } }`);
	for (const [path, code] of files) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), code.replaceAll("3000", `${port}`).replace(/const pool = new Pool\(.*\);/, `$&\n${TELLING}`));
	}
	return folder;
}

async function untilListening(port: number): Promise<void> {
	for (;;) {
		try {
			await fetch(`http://127.0.0.1:${port}/`);
			return;
		} catch {
			await setTimeout(100);
		}
	}
}
