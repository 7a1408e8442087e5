import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createProcessLister } from "../../src/monitor/index.js";
import { type HeapSite, isHeapProfile } from "../../src/protocol/index.js";
import { type App, startApp } from "./support/app.js";
import { Debugger } from "./support/debugger.js";
import { Watcher } from "./support/watcher.js";

const ROOT = join(import.meta.dirname, "../..");
const SOURCE = join(import.meta.dirname, "support/hoarder.ts");
const run = promisify(execFile);

describe("the heap profile of a real process", () => {
	let folder: string;
	let script: string;
	let command: string;
	let app: App;
	let watcher: Watcher;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "leak-lens-heap-"));
		script = join(folder, "hoarder.cjs");
		command = join(folder, "cli.js");
		const options = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "error" } as const;
		await build({ ...options, entryPoints: [SOURCE], outfile: script, sourcemap: "linked", minifyWhitespace: true });
		await build({ ...options, entryPoints: [join(ROOT, "src/cli/main.ts")], outfile: command });
	});

	afterAll(() => rm(folder, { recursive: true, force: true }));

	beforeEach(async () => {
		app = await startApp(script);
		watcher = new Watcher();
	});

	afterEach(async () => {
		await watcher.dispose();
		await app.stop();
	});

	const lineOf = async (text: string) => (await readFile(SOURCE, "utf8")).split("\n").findIndex((line) => line.includes(text)) + 1;
	const inspector = async () => (await createProcessLister().find(app.pid))?.inspector;
	const bytesOf = (sites: readonly HeapSite[], name: string) =>
		sites.filter((site) => site.name === name).reduce((sum, { bytes }) => sum + bytes, 0);

	it("names the functions that hold what they allocated, at their line of the source, and leaves nothing", async () => {
		await watcher.attachByPid(app.pid);
		const outcome = await watcher.profileHeap(3);
		if (outcome.kind !== "profile") throw new Error(outcome.message);
		const { profile } = outcome;
		expect(isHeapProfile(profile)).toBe(true);
		expect(profile).toMatchObject({ pid: app.pid, seconds: 3 });
		expect(profile.sites[0]).toMatchObject({
			name: "keepBookings",
			place: { file: SOURCE, line: await lineOf("function keepBookings"), mapped: true },
			through: null,
		});
		expect(bytesOf(profile.sites, "keepBookings")).toBeGreaterThan(1_000_000);
		expect(bytesOf(profile.sites, "parseDeep")).toBeGreaterThan(100_000);
		// What was thrown away is twenty times as much, and does not count.
		expect(bytesOf(profile.sites, "throwAway")).toBeLessThan(bytesOf(profile.sites, "keepBookings") / 10);
		await watcher.nextSample();
		await watcher.detach();
		expect(await inspector()).toEqual({ kind: "closed" });
		expect(await app.get("/")).toMatchObject({ symbols: expect.not.arrayContaining([expect.stringContaining("leak-lens")]) });
	});

	it("does not disturb another tool that profiles, and ends when it is detached from", async () => {
		await watcher.attachByPid(app.pid);
		const [host = "", port = ""] = watcher.is("live").target.inspector.split(":");
		const other = await Debugger.connect({ host, port: Number(port) });
		await other.send("HeapProfiler.startSampling", {});
		expect(await watcher.profileHeap(1)).toMatchObject({ kind: "failed", message: expect.stringContaining("profiled already") });
		expect(await other.send("HeapProfiler.stopSampling")).toHaveProperty("profile");

		const first = watcher.profileHeap(60);
		await watcher.nextSample();
		expect(await watcher.profileHeap(1)).toMatchObject({ kind: "failed", message: expect.stringContaining("profiled already") });
		await watcher.detach();
		expect(await first).toMatchObject({ kind: "failed", message: expect.stringContaining("detached") });
		other.close();
	});

	it("is printed by the command line as text and as one JSON object", async () => {
		const args = [command, "monitor", "--pid", String(app.pid), "--heap-profile", "2"];
		const text = await run(process.execPath, args);
		expect(text.stderr).toMatch(/For 2 s V8 notes one allocation.*stops for about 0\.0?\d s/);
		const [head = "", , , first = ""] = text.stdout.split("\n");
		expect(head).toMatch(
			new RegExp(`^Of what process ${app.pid} allocated in 2 s, ≈ \\d.* is alive\\. Most of it: keepBookings, \\d+.%\\.$`),
		);
		expect(first).toContain(`keepBookings  ${SOURCE}:${await lineOf("function keepBookings")}:`);
		expect(await inspector()).toEqual({ kind: "closed" });

		const json = await run(process.execPath, [...args, "--format", "ndjson"]);
		const profile: unknown = JSON.parse(json.stdout);
		expect(isHeapProfile(profile) && profile.sites[0]?.name).toBe("keepBookings");
		expect(json.stdout.trim()).not.toContain("\n");
	});
});
