import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readNativeMemory } from "../../src/monitor/index.js";
import { isNativeMemory, type NativeKind, type NativeMemory, nativeTotal } from "../../src/protocol/index.js";
import { type App, startApp } from "./support/app.js";
import { type EngineLibrary, engineLibrary } from "./support/engine-library.js";
import { NODE_VERSIONS, nodeProgram } from "./support/node-versions.js";
import { Watcher } from "./support/watcher.js";

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, "support/allocator.cjs");
const MB = 1_000_000;
/** What an allocation of 60 MB may bring to other kinds: tables of V8, and garbage. */
const ELSEWHERE = 12 * MB;

async function read(pid: number): Promise<NativeMemory> {
	const outcome = await readNativeMemory(pid);
	if (outcome.kind === "failed") throw new Error(outcome.message);
	return outcome.memory;
}

function rssOf({ parts }: NativeMemory, kind: NativeKind): number {
	return parts.find((part) => part.kind === kind)?.rss ?? Number.NaN;
}

describe.runIf(process.platform === "linux")("native memory of a real process", () => {
	let engine: EngineLibrary;

	beforeAll(async () => {
		[engine] = await Promise.all([engineLibrary(), ...NODE_VERSIONS.map(nodeProgram)]);
	});
	afterAll(() => engine.remove());

	describe.each(NODE_VERSIONS)("on Node %s", (version) => {
		let app: App;

		beforeEach(async () => {
			app = await startApp(SCRIPT, { node: await nodeProgram(version) });
		});
		afterEach(() => app.stop());

		it.each<[NativeKind, string]>([
			["malloc", "/buffers?mb=60"],
			["v8Heap", "/heap?mb=60"],
			["wasmMemory", "/wasm?mb=60"],
		])("puts what is allocated into %s", async (kind, path) => {
			const before = await read(app.pid);
			await app.get(path);
			const after = await read(app.pid);
			expect(rssOf(after, kind) - rssOf(before, kind)).toBeGreaterThan(54 * MB);
			for (const { kind: other } of after.parts.filter((part) => part.kind !== kind))
				expect(rssOf(after, other) - rssOf(before, other), other).toBeLessThan(ELSEWHERE);
		});

		it("adds up to rss, and tells Prisma's engine by its name", async () => {
			expect(rssOf(await read(app.pid), "engine")).toBe(0);
			await app.get(`/load?file=${encodeURIComponent(engine.file)}`);
			const memory = await read(app.pid);
			expect(rssOf(memory, "engine")).toBeGreaterThan(MB);
			const usage = await app.get("/memory");
			expect(usage).toHaveProperty("rss");
			const rss = typeof usage === "object" && usage !== null && "rss" in usage ? Number(usage.rss) : Number.NaN;
			expect(Math.abs(nativeTotal(memory) - rss)).toBeLessThan(0.1 * rss);
		});
	});

	it("is read by the session of the attached process", async () => {
		const app = await startApp(SCRIPT);
		const watcher = new Watcher();
		expect(await watcher.readNativeMemory()).toEqual({ kind: "failed", message: "Nothing is attached." });
		await watcher.attachByPid(app.pid);
		expect(await watcher.readNativeMemory()).toMatchObject({ kind: "memory", memory: { pid: app.pid } });
		await watcher.dispose();
		await app.stop();
	});

	it("is printed by the command line, which opens no inspector and says what it cannot read", async () => {
		const app = await startApp(SCRIPT);
		const cli = (...args: readonly string[]) =>
			run(process.execPath, ["--import", "tsx", join(import.meta.dirname, "../../src/cli/main.ts"), "monitor", ...args]);
		const { stdout } = await cli("--pid", String(app.pid), "--native-memory");
		expect(stdout).toMatch(/^Native memory of process \d+, measured by/);
		expect(stdout).toMatch(/^V8 heap +\d+\.?\d* MB +\d+ % +\d+\.?\d* MB$/m);
		const { stdout: json } = await cli("--pid", String(app.pid), "--native-memory", "--format", "ndjson");
		expect(isNativeMemory(JSON.parse(json))).toBe(true);
		expect(app.output()).not.toContain("Debugger listening");
		await app.stop();
		await expect(cli("--pid", String(app.pid), "--native-memory")).rejects.toMatchObject({
			code: 2,
			stderr: expect.stringContaining(`There is no process ${app.pid} on this machine any more.`),
		});
		await expect(cli("--pid", "1", "--native-memory", "--level", "trace")).rejects.toMatchObject({ code: 2 });
	});
});
