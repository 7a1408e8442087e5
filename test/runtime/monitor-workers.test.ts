import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { projectRoot } from "../../scripts/lib/paths.js";
import { type Postgres, startPostgres } from "../../scripts/lib/postgres.js";
import { createProcessLister } from "../../src/monitor/index.js";
import { SessionGroup } from "../../src/monitor/session-group.js";
import { type AttachTarget, isSample, isTargetInfo } from "../../src/protocol/index.js";
import type { App } from "./support/app.js";
import { NODE_VERSIONS, nodeProgram } from "./support/node-versions.js";
import { buildPrismaProgram, type PrismaProgram, TABLES } from "./support/prisma-target.js";
import { Watcher } from "./support/watcher.js";

const run = promisify(execFile);

describe("a worker thread as a target", () => {
	let postgres: Postgres;
	let program: PrismaProgram;
	let app: App;
	const watchers: Watcher[] = [];

	beforeAll(async () => {
		[postgres, program] = await Promise.all([startPostgres(), buildPrismaProgram("workers-app.mjs")]);
		await postgres.query(TABLES);
	});

	afterAll(async () => {
		await program?.remove();
		await postgres?.stop();
	});

	beforeEach(async () => {
		app = await program.start(postgres.url);
	});

	afterEach(async () => {
		await Promise.all(watchers.splice(0).map((watcher) => watcher.dispose()));
		await app.stop();
	});

	function newWatcher(group?: SessionGroup): Watcher {
		const watcher = new Watcher(group);
		watchers.push(watcher);
		return watcher;
	}

	const start = async (name: string) => Number(await app.get(`/start?name=${name}`));
	const ask = (worker: number, what: string, more = "") => app.get(`/ask?worker=${worker}&what=${what}${more}`);
	const processTarget = () => ({ kind: "pid", pid: app.pid, mayOpenInspector: true }) as const;
	const workerTarget = (worker: number): AttachTarget => ({ kind: "worker", worker, of: processTarget() });
	const inspector = async () => (await createProcessLister().find(app.pid))?.inspector.kind;

	it.each(NODE_VERSIONS)("has the heap and the connections of its own, and the memory of its process, on Node %s", async (version) => {
		await app.stop();
		app = await program.start(postgres.url, { node: await nodeProgram(version) });
		const mailer = await start("mailer");
		const second = await start("second");
		await ask(mailer, "open", "&max=3");
		await ask(mailer, "open", "&max=3");
		await ask(mailer, "keep", "&numbers=4000000");
		const [main, worker] = [newWatcher(), newWatcher()];
		await main.attach(processTarget());
		expect(await main.workers()).toEqual([
			{ id: mailer, title: "mailer" },
			{ id: second, title: "second" },
		]);
		await worker.attach(workerTarget(mailer));
		const { target } = worker.is("live");
		expect(isTargetInfo(target)).toBe(true);
		expect(target).toMatchObject({ pid: app.pid, worker: { id: mailer, title: "mailer" } });

		const [ofProcess, ofWorker] = await Promise.all([main.nextSample(), worker.nextSample()]);
		expect(isSample(ofWorker)).toBe(true);
		expect([ofProcess.worker, ofWorker.worker]).toEqual([undefined, mailer]);
		expect(ofWorker.memory.heapUsed).toBeGreaterThan(30e6);
		expect(ofProcess.memory.heapUsed).toBeLessThan(30e6);
		expect(Math.abs(ofWorker.memory.rss - ofProcess.memory.rss)).toBeLessThan(20e6);
		// The process's own count is per thread; the kernel counts for all of them.
		expect(ofProcess.connections).toMatchObject([{ process: 0, kernel: 2 }]);
		expect(ofWorker.connections).toMatchObject([{ process: 2, kernel: null }]);
	});

	it("is measured by every level, exactly, and left as it was", async () => {
		const worker = await start("mailer");
		await ask(worker, "open", "&max=3");
		await ask(0, "open", "&max=5");
		const watcher = newWatcher();
		await watcher.attach(workerTarget(worker));
		await watcher.setLevel("inventory", true);
		await watcher.setLevel("trace", true);
		expect((await watcher.nextSample()).clients).toEqual({ live: 1, created: 0 });
		expect((await watcher.nextSample()).pools).toMatchObject([{ total: 1, max: 3 }]);

		await watcher.setLevel("sites", true);
		expect(watcher.level("sites").status).toBe("on");
		await ask(worker, "open", "&max=2");
		await ask(0, "open", "&max=2");
		const seen = await watcher.nextSample(({ clients }) => clients?.sites !== undefined && clients.live === 2);
		const line = (await readFile(program.file, "utf8")).split("\n").findIndex((text) => text.includes("new PrismaClient(")) + 1;
		expect(seen.clients?.sites).toMatchObject([{ file: program.file, line, created: 1, live: 1 }]);
		await watcher.setLevel("sites", false);

		const before = watcher.samples.length;
		await ask(worker, "count", "&times=7");
		await ask(0, "count", "&times=4");
		await watcher.nextSample();
		await watcher.nextSample();
		expect(watcher.samples.slice(before).reduce((sum, { queries }) => sum + (queries?.count ?? 0), 0)).toBe(7);

		watcher.setDatabaseUrl(postgres.url);
		await watcher.setLevel("database", true);
		expect((await watcher.nextSample(({ connections }) => connections[0]?.database !== undefined)).connections).toMatchObject([
			{ process: 2, pool: { total: 2 }, database: { active: 0, idle: 2 } },
		]);
		expect(await ask(worker, "changes")).not.toEqual([]);
		expect(await ask(0, "changes")).toEqual(["Symbol(prisma-leak-lens.agent)"]);
		await watcher.detach();
		expect(await Promise.all([worker, 0].map((thread) => ask(thread, "changes")))).toEqual([[], []]);
		expect(await inspector()).toBe("closed");
	});

	it("is gone when it ends, while its process goes on and the other thread is watched on", async () => {
		const [first, second] = [await start("first"), await start("second")];
		const watcher = newWatcher();
		const other = newWatcher();
		await watcher.attach(workerTarget(first));
		await other.attach(workerTarget(second));
		await watcher.nextSample();
		await app.get(`/end?worker=${first}`);
		expect(await watcher.until("gone")).toMatchObject({ reason: "The worker ended.", target: { worker: { id: first } } });
		await other.nextSample();
		await other.nextSample();
		expect(other.state.kind).toBe("live");
		await other.detach();
		expect(await inspector()).toBe("closed");
		expect(await ask(second, "changes")).toEqual([]);
	});

	it("keeps the inspector that its process's session opened when that is detached, and closes it with the last one", async () => {
		const worker = await start("mailer");
		const [ofProcess, ofWorker] = [newWatcher(), newWatcher()];
		await ofProcess.attach(processTarget());
		await ofWorker.attach({ kind: "worker", worker, of: { ...processTarget(), mayOpenInspector: false } });
		expect(ofWorker.is("live").target.openedByUs).toBe(true);
		await ofProcess.detach();
		await ofWorker.nextSample();
		await ofWorker.nextSample();
		expect(ofWorker.state.kind).toBe("live");
		await ofWorker.detach();
		expect(await inspector()).toBe("closed");
	});

	it("is watched once by one monitor, beside its process and its other threads", async () => {
		const [first, second] = [await start("first"), await start("second")];
		const group = new SessionGroup();
		for (const target of [processTarget(), workerTarget(first), workerTarget(second)]) {
			const watcher = newWatcher(group);
			await watcher.attach(target);
			expect(watcher.state.kind).toBe("live");
		}
		const again = newWatcher(group);
		await again.attach(workerTarget(second));
		expect(again.is("error").message).toMatch(`Worker ${second} of`);
		const watched = watchers[2]?.is("live").target.identity;
		expect(again.is("error")).toMatchObject({ message: expect.stringMatching(/ is watched already\.$/), watched });
	});

	it("that is not there is refused in words, and nothing is left", async () => {
		const watcher = newWatcher();
		await watcher.attach(workerTarget(77));
		expect(watcher.is("error")).toMatchObject({ message: expect.stringContaining("has no worker 77"), action: expect.any(String) });
		expect(await inspector()).toBe("closed");
		expect(await ask(0, "changes")).toEqual([]);
	});

	it("has a row of its own in the terminal, also when it starts later, and counts once in the sum", async () => {
		const first = await start("first");
		const folder = await mkdtemp(join(tmpdir(), "leak-lens-command-"));
		const command = join(folder, "cli.js");
		const options = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "error" } as const;
		await build({ ...options, entryPoints: [join(projectRoot, "src/cli/main.ts")], outfile: command });
		try {
			const args = ["monitor", "--pid", String(app.pid), "--workers", "--interval", "250", "--duration", "6"];
			const samples = run(process.execPath, [command, ...args, "--format", "ndjson"]);
			await expect.poll(inspector, { timeout: 10_000 }).toBe("open");
			const second = await start("second");
			const lines = (await samples).stdout.trim().split("\n");
			const told = lines.map((line): unknown => JSON.parse(line)).filter(isSample);
			expect(told).toHaveLength(lines.length);
			for (const worker of [undefined, first, second]) expect(told.filter((sample) => sample.worker === worker).length).toBeGreaterThan(2);
			const table = await run(process.execPath, [command, ...args]);
			expect(table.stdout).toMatch(new RegExp(`${app.pid}/${first} .*\\n *${app.pid}/${second} .*\\n +sum `));
			expect(table.stderr).toContain(`› second (worker ${second})`);
			expect(await inspector()).toBe("closed");
			expect(await ask(first, "changes")).toEqual([]);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});

	it("ends with its process", async () => {
		const worker = await start("mailer");
		const watcher = newWatcher();
		await watcher.attach(workerTarget(worker));
		await watcher.nextSample();
		await app.stop();
		expect((await watcher.until("gone")).target.worker?.id).toBe(worker);
	});
});
