import { fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
	type ClientSession,
	createProcessLister,
	entriesOf,
	listRecordings,
	MonitorClient,
	recordingPath,
} from "../../src/monitor/index.js";
import { isSample, type Note, type Sample, type SessionState } from "../../src/protocol/index.js";
import { type App, startApp } from "./support/app.js";
import { OPTIONS } from "./support/watcher.js";

const ROOT = join(import.meta.dirname, "../..");

/** The command line with its sub-command. */
const COMMAND = `process.argv.splice(2, 0, "monitor"); require("./src/cli/main.ts");`;

describe("the monitor as a process of its own", () => {
	let folder: string;
	let monitor: string;
	let command: string;
	let app: App;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "leak-lens-monitor-"));
		monitor = join(folder, "monitor.js");
		command = join(folder, "command.js");
		const options = { bundle: true, platform: "node", format: "cjs", target: "node20", minify: true } as const;
		await build({ ...options, entryPoints: [join(ROOT, "src/monitor/main.ts")], outfile: monitor });
		await build({ ...options, stdin: { contents: COMMAND, resolveDir: ROOT, loader: "ts" }, outfile: command });
	});

	afterAll(() => rm(folder, { recursive: true, force: true }));

	beforeEach(async () => {
		app = await startApp(join(import.meta.dirname, "support/plain-app.cjs"));
	});

	afterEach(() => app.stop());

	const target = () => ({ kind: "pid", pid: app.pid, mayOpenInspector: true }) as const;
	const untilInspector = (kind: "open" | "closed") =>
		expect.poll(async () => (await createProcessLister().find(app.pid))?.inspector.kind, { timeout: 10_000 }).toBe(kind);

	describe("behind its client", () => {
		const states: SessionState[] = [];
		const samples: Sample[] = [];
		let client: MonitorClient;
		let session: ClientSession;

		beforeEach(() => {
			states.length = 0;
			samples.length = 0;
			client = new MonitorClient(monitor);
			session = client.open({ state: (state) => states.push(state), sample: (sample) => samples.push(sample), levels: () => {} });
		});

		afterEach(() => client.dispose());

		const untilSamples = () => expect.poll(() => samples.length, { timeout: 10_000 }).toBeGreaterThan(1);

		async function ownPid(): Promise<number> {
			const processes = await createProcessLister().list();
			const own = processes.find(({ parentPid, title }) => parentPid === process.pid && title.endsWith("monitor.js"));
			if (!own) throw new Error("The monitor process is not in the list.");
			return own.pid;
		}

		it("lists processes, attaches, samples and detaches", async () => {
			expect((await client.list()).find(({ pid }) => pid === app.pid)).toMatchObject({
				inspector: { kind: "closed" },
				openable: { ok: true },
			});
			session.attach(target(), OPTIONS);
			await untilSamples();
			session.detach();
			await expect.poll(() => states.at(-1)?.kind, { timeout: 10_000 }).toBe("detached");
			await untilInspector("closed");
		});

		it("watches several processes at once, one session each, and leaves them one by one", async () => {
			const others = await Promise.all([1, 2].map(() => startApp(join(import.meta.dirname, "support/plain-app.cjs"))));
			const told = others.map((): Sample[] => []);
			const sessions = told.map((list) => client.open({ state: () => {}, sample: (sample) => list.push(sample), levels: () => {} }));
			try {
				session.attach(target(), OPTIONS);
				for (const [index, other] of others.entries())
					sessions[index]?.attach({ kind: "pid", pid: other.pid, mayOpenInspector: true }, OPTIONS);
				await untilSamples();
				for (const [index, list] of told.entries()) {
					await expect.poll(() => list.length, { timeout: 10_000 }).toBeGreaterThan(1);
					expect(new Set(list.map(({ pid }) => pid))).toEqual(new Set([others[index]?.pid]));
				}
				sessions[0]?.close();
				const inspectorOf = async (pid: number) => (await createProcessLister().find(pid))?.inspector.kind;
				await expect.poll(() => inspectorOf(others[0]?.pid ?? 0), { timeout: 10_000 }).toBe("closed");
				const [closed, open] = told.map(({ length }) => length);
				await expect.poll(() => told[1]?.length, { timeout: 10_000 }).toBeGreaterThan((open ?? 0) + 2);
				expect(told[0]).toHaveLength(closed ?? 0);
				await client.dispose();
				for (const pid of [app.pid, ...others.map((other) => other.pid)]) expect(await inspectorOf(pid)).toBe("closed");
			} finally {
				for (const other of others) await other.stop();
			}
		});

		it("detaches when its client is disposed of", async () => {
			session.attach(target(), OPTIONS);
			await untilSamples();
			await client.dispose();
			await untilInspector("closed");
			expect(await app.get("/")).toBeNull();
		});

		it("is reported when it dies, and started again for the next attach", async () => {
			session.attach(target(), OPTIONS);
			await untilSamples();
			process.kill(await ownPid(), "SIGKILL");
			await expect.poll(() => states.at(-1)?.kind, { timeout: 10_000 }).toBe("error");
			samples.length = 0;
			session.attach(target(), OPTIONS);
			await untilSamples();
		});

		/** Times of the samples in the only recording. */
		async function recorded(recordings: string): Promise<readonly number[]> {
			const [recording] = await listRecordings(recordings);
			const times: number[] = [];
			const entries = entriesOf(recordingPath(recordings, recording?.id ?? ""));
			let next = await entries.next();
			for (; !next.done; next = await entries.next()) if (next.value.kind === "sample") times.push(next.value.sample.t);
			expect(next.value).toBeNull();
			return times;
		}

		/** The notes in the only recording. */
		async function notesIn(recordings: string): Promise<readonly Note[]> {
			const [recording] = await listRecordings(recordings);
			const notes: Note[] = [];
			for await (const entry of entriesOf(recordingPath(recordings, recording?.id ?? "")))
				if (entry.kind === "mark" && entry.note === true) notes.push({ t: entry.t, text: entry.text });
			return notes;
		}

		it("has recorded every sample before the process was killed", async () => {
			const recordings = await mkdtemp(join(folder, "recordings-"));
			session.attach(target(), { ...OPTIONS, recording: { folder: recordings, continues: null, limitBytes: 1e8 } });
			await expect.poll(() => samples.length, { timeout: 10_000 }).toBeGreaterThan(3);
			process.kill(app.pid, "SIGKILL");
			await expect.poll(() => states.at(-1)?.kind, { timeout: 10_000 }).toBe("gone");
			expect(await recorded(recordings)).toEqual(samples.map(({ t }) => t));
		});

		it("writes a note of the reader into the recording", async () => {
			const recordings = await mkdtemp(join(folder, "recordings-"));
			session.attach(target(), { ...OPTIONS, recording: { folder: recordings, continues: null, limitBytes: 1e8 } });
			await untilSamples();
			session.note({ t: samples[0]?.t ?? 0, text: "load test begins" });
			await expect.poll(() => notesIn(recordings), { timeout: 10_000 }).toEqual([{ t: samples[0]?.t, text: "load test begins" }]);
		});

		it("has recorded what it told before it was killed itself, but for what was on its way to the disk", async () => {
			const recordings = await mkdtemp(join(folder, "recordings-"));
			session.attach(target(), { ...OPTIONS, recording: { folder: recordings, continues: null, limitBytes: 1e8 } });
			await expect.poll(() => samples.length, { timeout: 10_000 }).toBeGreaterThan(3);
			process.kill(await ownPid(), "SIGKILL");
			await expect.poll(() => states.at(-1)?.kind, { timeout: 10_000 }).toBe("error");
			const times = await recorded(recordings);
			const told = samples.map(({ t }) => t);
			expect(times).toEqual(told.slice(0, times.length));
			expect(times.length).toBeGreaterThanOrEqual(told.length - 1);
			expect(await app.get("/")).toBeNull();
		});
	});

	it("detaches when its parent dies", async () => {
		const script = `const child = require("node:child_process").fork(process.argv[1]);
			const request = { type: "attach", target: ${JSON.stringify(target())}, options: ${JSON.stringify(OPTIONS)} };
			child.send({ type: "session", session: 1, request });
			child.on("message", ({ event }) => event.type === "sample" && console.log("sampled"));`;
		const parent = spawn(process.execPath, ["-e", script, monitor], { stdio: ["ignore", "pipe", "inherit"] });
		await once(parent.stdout, "data");
		parent.kill("SIGKILL");
		await untilInspector("closed");
		expect(await app.get("/")).toBeNull();
	});

	it("passes over requests that are none", async () => {
		const child = fork(monitor, { stdio: ["ignore", "ignore", "pipe", "ipc"] });
		child.send({ type: "session", session: 1, request: { type: "attach", target: { kind: "pid", pid: "all" } } });
		child.send({ type: "list", id: 1 });
		const [answer] = await once(child, "message");
		expect(answer).toMatchObject({ type: "processes", id: 1 });
		child.disconnect();
		expect(await once(child, "exit")).toEqual([0, null]);
	});

	describe("as a command", () => {
		async function run(...args: string[]): Promise<{ code: unknown; out: string; error: string }> {
			const child = spawn(process.execPath, [command, ...args], { stdio: ["ignore", "pipe", "pipe"] });
			let out = "";
			let error = "";
			child.stdout.on("data", (chunk) => {
				out += chunk;
			});
			child.stderr.on("data", (chunk) => {
				error += chunk;
			});
			const [code] = await once(child, "close");
			return { code, out, error };
		}

		it("writes one sample a line and detaches when its time is up", async () => {
			const { code, out } = await run("--pid", String(app.pid), "--interval", "250", "--duration", "1", "--format", "ndjson");
			const lines = out
				.trim()
				.split("\n")
				.map((line) => JSON.parse(line));
			expect(code).toBe(0);
			expect(lines.length).toBeGreaterThanOrEqual(3);
			expect(lines.every(isSample)).toBe(true);
			await untilInspector("closed");
		});

		it("draws a table", async () => {
			const { code, out, error } = await run("--pid", String(app.pid), "--duration", "1");
			expect(code).toBe(0);
			expect(out).toMatch(/time +rss MB[^\n]*\n\d\d:\d\d:\d\d +\d/);
			expect(error).toContain(`(pid ${app.pid})`);
		});

		it("watches several processes, with their sum, goes on without one that ends, and leaves the others as they were", async () => {
			const other = await startApp(join(import.meta.dirname, "support/plain-app.cjs"));
			const pids = [app.pid, other.pid];
			const args = pids.flatMap((pid) => ["--pid", String(pid)]);
			const samples = await run(...args, "--interval", "250", "--duration", "3", "--format", "ndjson");
			const lines = samples.out
				.trim()
				.split("\n")
				.map((line) => JSON.parse(line));
			expect(lines.every(isSample)).toBe(true);
			for (const pid of pids) expect(lines.filter((sample) => sample.pid === pid).length).toBeGreaterThan(3);
			const table = await run(...args, "--interval", "250", "--duration", "3");
			expect(table.out).toMatch(new RegExp(`${app.pid} .*\\n *${other.pid} .*\\n +sum \\d\\d:\\d\\d:\\d\\d +\\d`));
			expect([samples.code, table.code]).toEqual([0, 0]);
			await untilInspector("closed");

			const left = spawn(process.execPath, [command, ...args, "--interval", "250", "--duration", "4", "--format", "ndjson"], {
				stdio: ["ignore", "pipe", "ignore"],
			});
			const exit = once(left, "exit");
			const watched: Sample[] = [];
			createInterface({ input: left.stdout }).on("line", (line) => watched.push(JSON.parse(line)));
			await expect.poll(() => watched.some(({ pid }) => pid === other.pid), { timeout: 10_000 }).toBe(true);
			await other.stop();
			const endedAt = Date.now();
			expect(await exit).toEqual([1, null]);
			expect(watched.at(-1)?.pid).toBe(app.pid);
			expect(watched.at(-1)?.t).toBeGreaterThan(endedAt);
			expect(await app.get("/")).toBeNull();
		});

		it("tells of an alert and ends with 3 when it is asked to, leaving the process as it was", async () => {
			const config = join(folder, "limits.json");
			await writeFile(config, JSON.stringify({ profiles: { production: { alerts: { externalMb: 0 } } } }));
			const { code, error } = await run("--pid", String(app.pid), "--interval", "250", "--alert-exit", "--config", config);
			expect(code).toBe(3);
			expect(error).toMatch(/^external is \d.* MB, over its limit of 0 B\. /m);
			expect(error).toContain("Detached");
			await untilInspector("closed");
			expect(await app.get("/")).toBeNull();
		});

		it("serves the latest sample as Prometheus metrics, on the loopback, until it ends", async () => {
			const child = spawn(process.execPath, [command, "--pid", String(app.pid), "--prometheus", "0"], {
				stdio: ["ignore", "pipe", "pipe"],
			});
			let error = "";
			child.stderr.on("data", (chunk) => {
				error += chunk;
			});
			await once(child.stdout, "data");
			const url = /http:\/\/127\.0\.0\.1:\d+\/metrics/.exec(error)?.[0] ?? "";
			const metrics = await (await fetch(url)).text();
			const rss = new RegExp(`^prisma_leak_lens_memory_rss_bytes\\{pid="${app.pid}"\\} (\\d+)$`, "m").exec(metrics)?.[1];
			expect(Number(rss)).toBeGreaterThan(20_000_000);
			expect((await fetch(url.replace("/metrics", "/"))).status).toBe(404);
			child.kill("SIGTERM");
			expect(await once(child, "exit")).toEqual([0, null]);
			await expect(fetch(url)).rejects.toThrow();
		});

		it.skipIf(spawnSync("script", ["--version"]).status !== 0)("draws the table over on a terminal", async () => {
			const line = [process.execPath, command, "--pid", app.pid, "--interval", "250", "--duration", "2"].join(" ");
			const child = spawn("script", ["-qec", line, "/dev/null"], { stdio: ["ignore", "pipe", "ignore"] });
			let out = "";
			child.stdout.on("data", (chunk) => {
				out += chunk;
			});
			await once(child, "close");
			const frames = out.split("A\u001b[0J").slice(1);
			expect(frames.length).toBeGreaterThan(2);
			expect(frames.at(-1)).toMatch(/rss +[\d.]+ MB[\s\S]*external +[\d.]+ MB {2}fine/);
		});

		it("detaches on Ctrl+C", async () => {
			const child = spawn(process.execPath, [command, "--pid", String(app.pid)], { stdio: ["ignore", "pipe", "ignore"] });
			await once(child.stdout, "data");
			child.kill("SIGINT");
			expect(await once(child, "exit")).toEqual([0, null]);
			await untilInspector("closed");
		});

		it("ends with 1 when the process ends, and with 2 when it cannot attach or is misused", async () => {
			const watching = spawn(process.execPath, [command, "--pid", String(app.pid)], { stdio: ["ignore", "pipe", "ignore"] });
			await once(watching.stdout, "data");
			await app.get("/exit");
			expect(await once(watching, "exit")).toEqual([1, null]);
			expect(await run("--pid", "1")).toMatchObject({ code: 2, error: expect.stringContaining("No Node process") });
			expect(await run()).toMatchObject({ code: 2, error: expect.stringContaining("monitor --help tells more") });
			expect(await run("--pid", "x")).toMatchObject({ code: 2, error: expect.stringContaining("--pid is a whole number") });
			expect(await run("--attach", "nowhere")).toMatchObject({ code: 2, error: expect.stringContaining("HOST:PORT") });
		});
	});
});
