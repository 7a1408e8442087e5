import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createProcessLister } from "../../src/monitor/index.js";
import type { App, AppOptions } from "./support/app.js";
import { WatchedApps } from "./support/watched-apps.js";
import type { Watcher } from "./support/watcher.js";

const SCRIPT = join(import.meta.dirname, "support/plain-app.cjs");

describe("a target in trouble", () => {
	const watched = new WatchedApps(SCRIPT);
	const start = (options?: AppOptions) => watched.start(options);

	afterEach(() => watched.end());

	async function watch(app: App): Promise<Watcher> {
		const watcher = watched.newWatcher();
		await watcher.attachByPid(app.pid);
		await watcher.nextSample();
		return watcher;
	}

	const inspectorOf = async (app: App) => (await createProcessLister().find(app.pid))?.inspector;

	it("exits by itself without waiting for us, and is shown as gone with all samples kept", async () => {
		const app = await start();
		const watcher = await watch(app);
		const kept = watcher.samples.length;
		const asked = Date.now();
		await app.get("/exit");
		expect(await app.exit).toEqual({ code: 3, signal: null });
		expect(Date.now() - asked).toBeLessThan(1_000);
		expect((await watcher.until("gone")).reason).toBe("The process ended.");
		expect(watcher.samples.length).toBeGreaterThanOrEqual(kept);
	});

	it("ends by an uncaught error as it would have without us", async () => {
		const app = await start();
		const watcher = await watch(app);
		await app.get("/throw");
		expect(await app.exit).toEqual({ code: 1, signal: null });
		expect((await watcher.until("gone")).reason).toBe("The process ended.");
	});

	it("is killed", async () => {
		const app = await start();
		const watcher = await watch(app);
		process.kill(app.pid, "SIGKILL");
		expect((await watcher.until("gone")).reason).toBe("The process ended.");
	});

	it("is restarted: the new process is watched", async () => {
		const app = await start();
		const watcher = await watch(app);
		process.kill(app.pid, "SIGTERM");
		await watcher.until("gone");
		const successor = await start();
		expect((await watcher.until("live")).target.pid).toBe(successor.pid);
		expect((await watcher.nextSample()).pid).toBe(successor.pid);
		expect(watcher.states).toContainEqual(expect.objectContaining({ kind: "gone", successorPid: successor.pid }));
	});

	it("is stopped for a minute, longer than a lease: silent meanwhile, then live with what was turned on, as if nothing had been", async () => {
		const app = await start();
		const watcher = await watch(app);
		await watcher.setLevel("trace", true);
		await watcher.nextSample(({ queries }) => queries !== undefined);
		process.kill(app.pid, "SIGSTOP");
		await watcher.until("silent");
		const { length } = watcher.samples;
		await sleep(60_000);
		expect(watcher.is("silent").reason).toContain("stopped");
		expect(watcher.samples).toHaveLength(length);
		process.kill(app.pid, "SIGCONT");
		await watcher.until("live");
		expect((await watcher.nextSample()).queries).toBeDefined();
		expect(watcher.level("trace")).toMatchObject({ status: "on" });
		await watcher.detach();
		await expect.poll(() => inspectorOf(app)).toEqual({ kind: "closed" });
	}, 120_000);

	it("is stopped and goes on: silent meanwhile, then live again, and no samples pile up", async () => {
		const app = await start();
		const watcher = await watch(app);
		process.kill(app.pid, "SIGSTOP");
		const silent = await watcher.until("silent");
		expect(silent.reason).toContain("stopped");
		await sleep(3_000);
		const before = watcher.samples.length;
		process.kill(app.pid, "SIGCONT");
		await watcher.until("live");
		await sleep(600);
		const gained = watcher.samples.length - before;
		expect(gained).toBeGreaterThanOrEqual(1);
		expect(gained).toBeLessThanOrEqual(5);
	});

	it("computes without a pause: its samples go on and show it", async () => {
		const app = await start();
		const watcher = await watch(app);
		const cpuBefore = Number(await app.get("/cpu"));
		const from = watcher.samples.length;
		await app.get("/compute?ms=3000");
		await sleep(200);
		// Answered when it has computed.
		const cpuUsed = Number(await app.get("/cpu")) - cpuBefore;
		await watcher.nextSample();
		const samples = watcher.samples.slice(from - 1);
		// How much of a core it gets is up to what else this machine does, so its own clock of cpu is what the samples are held against.
		const cpuShown = samples.slice(1).reduce((sum, { t, cpu }, at) => sum + ((cpu ?? 0) * (t - (samples[at]?.t ?? t))) / 1_000, 0);
		expect(cpuUsed).toBeGreaterThan(0.3);
		expect(cpuShown / cpuUsed).toBeGreaterThan(0.9);
		expect(cpuShown / cpuUsed).toBeLessThan(1.2);
		expect(samples.filter(({ eventLoop }) => eventLoop?.utilization === 1).length).toBeGreaterThanOrEqual(3);
		expect(watcher.states.map(({ kind }) => kind)).not.toContain("silent");
	});

	it("blocks its event loop for 10 s: silent meanwhile, then live again", async () => {
		const app = await start();
		const watcher = await watch(app);
		await app.get("/block?ms=10000");
		expect((await watcher.until("silent")).reason).toContain("event loop is blocked");
		await watcher.until("live");
		await watcher.nextSample();
	});

	it("is stopped while we detach: we leave in time, and its inspector closes when it goes on", async () => {
		const app = await start();
		const watcher = await watch(app);
		process.kill(app.pid, "SIGSTOP");
		const asked = Date.now();
		await watcher.detach();
		expect(Date.now() - asked).toBeLessThan(4_000);
		watcher.is("detached");
		process.kill(app.pid, "SIGCONT");
		await expect.poll(() => inspectorOf(app), { timeout: 10_000 }).toEqual({ kind: "closed" });
	});

	it.each(["block", "compute"])("is busy (%s) while we attach: a clear error, and no inspector stays open", async (how) => {
		const app = await start();
		const watcher = watched.newWatcher();
		await app.get(`/${how}?ms=12000`);
		await sleep(200);
		await watcher.attachByPid(app.pid);
		expect(watcher.is("error").message).toMatch(/blocked/);
		expect(await app.get("/")).toBeNull();
		await expect.poll(() => inspectorOf(app), { timeout: 10_000 }).toEqual({ kind: "closed" });
	});

	it("is stopped before we attach: it is not signalled", async () => {
		const app = await start();
		process.kill(app.pid, "SIGSTOP");
		await expect.poll(() => createProcessLister().vitality(app.pid)).toBe("stopped");
		const watcher = watched.newWatcher();
		await watcher.attachByPid(app.pid);
		expect(watcher.is("error").action).toContain("stopped");
		process.kill(app.pid, "SIGCONT");
		expect(await app.get("/")).toBeNull();
		expect(app.output()).not.toContain("Debugger");
	});

	it("logs a lot: its heap is what it was, because nothing logged is kept for us", async () => {
		const app = await start({ nodeOptions: ["--expose-gc"] });
		await app.get("/log?count=20000");
		const before = Number(await app.get("/heap"));
		const watcher = await watch(app);
		for (let round = 0; round < 5; round++) {
			await app.get("/log?count=20000");
			await watcher.nextSample();
		}
		// The lowest of several: one collection may leave behind what the next one takes.
		const heaps = [];
		for (let reading = 0; reading < 5; reading++) {
			heaps.push(Number(await app.get("/heap")));
			await watcher.nextSample();
		}
		expect(Math.min(...heaps) - before).toBeLessThan(2e6);
	});
});
