import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createProcessLister, parseInspectorUrl } from "../../src/monitor/index.js";
import type { App, AppOptions } from "./support/app.js";
import { WatchedApps } from "./support/watched-apps.js";

const SCRIPT = join(import.meta.dirname, "support/plain-app.cjs");

describe("attaching to a process and leaving it", () => {
	const watched = new WatchedApps(SCRIPT);
	const start = (options?: AppOptions) => watched.start(options);
	const newWatcher = () => watched.newWatcher();

	afterEach(() => watched.end());

	const inspectorOf = async (app: App) => (await createProcessLister().find(app.pid))?.inspector;

	it("opens the inspector by signal, moves it off port 9229, and samples at once", async () => {
		const app = await start();
		const watcher = newWatcher();
		await watcher.attachByPid(app.pid);
		const { target } = watcher.is("live");
		expect(target).toMatchObject({ pid: app.pid, nodeVersion: process.version, openedByUs: true });
		expect(target.inspector).toMatch(/^127\.0\.0\.1:\d+$/);
		expect(target.inspector).not.toBe("127.0.0.1:9229");
		const { memory, cpu } = await watcher.nextSample();
		expect(memory.rss).toBeGreaterThan(memory.heapTotal);
		expect(memory.outsideHeap).toBe(memory.rss - memory.heapTotal);
		expect(memory.native).toBe(memory.rss - memory.heapTotal - memory.external);
		expect(cpu).toBeNull();
		expect((await watcher.nextSample()).cpu).toBeGreaterThanOrEqual(0);
	});

	it("closes the inspector on detach, leaves nothing in the target, and can attach again", async () => {
		const app = await start();
		const before = await app.get("/traces");
		const watcher = newWatcher();
		for (let round = 0; round < 2; round++) {
			await watcher.attachByPid(app.pid);
			await watcher.nextSample();
			expect(await inspectorOf(app)).toMatchObject({ kind: "open" });
			await watcher.detach();
			watcher.is("detached");
			expect(await inspectorOf(app)).toEqual({ kind: "closed" });
			expect(await app.get("/traces")).toEqual(before);
		}
	});

	it("watches two processes at once, one monitor each", async () => {
		const [first, second] = await Promise.all([start(), start()]);
		for (const app of [first, second]) {
			const watcher = newWatcher();
			await watcher.attachByPid(app.pid);
			expect((await watcher.nextSample()).pid).toBe(app.pid);
		}
	});

	it("leaves an inspector open that it did not open", async () => {
		const app = await start({ nodeOptions: ["--inspect=127.0.0.1:0"] });
		const watcher = newWatcher();
		await watcher.attachByPid(app.pid);
		expect(watcher.is("live").target.openedByUs).toBe(false);
		await watcher.nextSample();
		await watcher.detach();
		expect(await inspectorOf(app)).toMatchObject({ kind: "open" });
	});

	it("attaches to host:port, and sees the kernel's connections of a local process there too", async () => {
		const app = await start({ nodeOptions: ["--inspect=127.0.0.1:0"] });
		const inspector = await inspectorOf(app);
		if (inspector?.kind !== "open") throw new Error("The inspector is not open.");
		const watcher = newWatcher();
		await watcher.attach({ kind: "address", host: "localhost", port: inspector.port });
		expect(watcher.is("live").target).toMatchObject({ pid: app.pid, title: expect.stringContaining("plain-app.cjs"), openedByUs: false });
	});

	it("attaches to the ws:// URL that the process printed", async () => {
		const app = await start({ nodeOptions: ["--inspect=127.0.0.1:0"] });
		const url = parseInspectorUrl(/ws:\S+/.exec(app.output())?.[0] ?? "");
		if (!url?.host || !url.path) throw new Error(`It printed no URL: ${app.output()}`);
		const watcher = newWatcher();
		await watcher.attach({ kind: "address", host: url.host, port: url.port, path: url.path });
		expect((await watcher.nextSample()).pid).toBe(app.pid);
		await watcher.attach({ kind: "address", host: url.host, port: url.port, path: "another" });
		expect(watcher.is("error").message).toContain("did not take the connection");
	});

	it("says so when nothing listens at host:port, and when the host is another machine", async () => {
		const watcher = newWatcher();
		await watcher.attach({ kind: "address", host: "127.0.0.1", port: 1 });
		expect(watcher.is("error").message).toBe("No inspector answers at 127.0.0.1:1.");
		await watcher.attach({ kind: "address", host: "192.0.2.1", port: 9229 });
		expect(watcher.is("error").message).toContain("another machine");
	});

	it("does not open an inspector without leave", async () => {
		const app = await start();
		const watcher = newWatcher();
		await watcher.attach({ kind: "pid", pid: app.pid, mayOpenInspector: false });
		expect(watcher.is("error").message).toContain("is not open");
		expect(await inspectorOf(app)).toEqual({ kind: "closed" });
	});

	it("names the process that holds port 9229, and measures no other process in place of the chosen one", async () => {
		const holder = await start({ nodeOptions: ["--inspect=127.0.0.1:9229"] });
		const app = await start();
		const watcher = newWatcher();
		await watcher.attachByPid(app.pid);
		const error = watcher.is("error");
		expect(error.message).toContain("Port 9229");
		expect(error.message).toContain(`pid ${holder.pid}`);
		expect(watcher.samples).toEqual([]);
		expect(app.output()).not.toContain("Starting inspector");
	});

	it("says so when another program holds port 9229", async () => {
		const holder = createServer();
		await new Promise<void>((resolve) => holder.listen(9229, "127.0.0.1", resolve));
		try {
			const app = await start();
			const watcher = newWatcher();
			await watcher.attachByPid(app.pid);
			expect(watcher.is("error").message).toContain("is taken by another program");
		} finally {
			holder.close();
		}
	});

	it("gives up clearly on a process with a SIGUSR1 handler of its own, which runs on", async () => {
		const app = await start({ env: { OWN_HANDLER: "1" } });
		const watcher = newWatcher();
		await watcher.attachByPid(app.pid);
		expect(watcher.is("error").message).toContain("handles SIGUSR1 by itself");
		expect(watcher.is("error").action).toContain("--inspect");
		expect(await app.get("/")).toBeNull();
	});

	it("says so when no Node process has the pid", async () => {
		const watcher = newWatcher();
		await watcher.attachByPid(1);
		expect(watcher.is("error").message).toBe("No Node process with pid 1 runs here.");
	});

	it("gives up an attempt on detach, without an inspector left open", async () => {
		const app = await start();
		const watcher = newWatcher();
		const attempt = watcher.attachByPid(app.pid);
		await watcher.detach();
		watcher.is("idle");
		await attempt;
		watcher.is("idle");
		expect(await inspectorOf(app)).toEqual({ kind: "closed" });
	});
});
