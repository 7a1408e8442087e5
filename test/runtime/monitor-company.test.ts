import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProcessLister } from "../../src/monitor/index.js";
import { SessionGroup } from "../../src/monitor/session-group.js";
import type { AttachTarget } from "../../src/protocol/index.js";
import { type App, type AppOptions, startApp } from "./support/app.js";
import { Debugger } from "./support/debugger.js";
import { DebuggerProxy } from "./support/debugger-proxy.js";
import { Watcher } from "./support/watcher.js";

const SCRIPT = join(import.meta.dirname, "support/plain-app.cjs");

describe("a target that others look at too", () => {
	let app: App;
	const watchers: Watcher[] = [];

	beforeEach(() => start({}));

	afterEach(async () => {
		await Promise.all(watchers.splice(0).map((watcher) => watcher.dispose()));
		await app.stop();
	});

	async function start(options: AppOptions): Promise<void> {
		await app?.stop();
		app = await startApp(SCRIPT, options);
	}

	function newWatcher(group?: SessionGroup): Watcher {
		const watcher = new Watcher(group);
		watchers.push(watcher);
		return watcher;
	}

	async function inspector(): Promise<{ readonly host: string; readonly port: number }> {
		const found = (await createProcessLister().find(app.pid))?.inspector;
		if (found?.kind !== "open") throw new Error("The inspector is not open.");
		return found;
	}

	it("is attached to by two monitors at the same moment: at least one is live, both leave, and nothing is left", async () => {
		const before = await app.get("/traces");
		for (let round = 0; round < 5; round++) {
			const both = [newWatcher(), newWatcher()];
			await Promise.all(both.map((watcher) => watcher.attachByPid(app.pid)));
			const live = both.filter(({ state }) => state.kind === "live");
			const refused = both.flatMap(({ state }) => (state.kind === "error" ? [state.message] : []));
			expect(live.length + refused.length, JSON.stringify(both.map(({ state }) => state))).toBe(2);
			expect(live.length).toBeGreaterThan(0);
			for (const watcher of live) expect((await watcher.nextSample()).pid).toBe(app.pid);
			await Promise.all(both.map((watcher) => watcher.detach()));
			await expect.poll(() => createProcessLister().find(app.pid)).toMatchObject({ inspector: { kind: "closed" } });
			expect(await app.get("/traces")).toEqual(before);
		}
	});

	it("is watched once by one monitor, whichever way leads to it", async () => {
		await start({ nodeOptions: ["--inspect=127.0.0.1:0"] });
		const { host, port } = await inspector();
		const url = /ws:\/\/\S+/.exec(app.output())?.[0] ?? "";
		const proxy = await DebuggerProxy.start(url);
		const group = new SessionGroup();
		const first = newWatcher(group);
		const path = new URL(url).pathname.slice(1);
		const ways: AttachTarget[] = [
			{ kind: "pid", pid: app.pid, mayOpenInspector: true },
			{ kind: "address", host, port },
			{ kind: "address", host: "localhost", port, path },
			proxy.target,
		];
		try {
			for (const way of ways) {
				await first.attach(way);
				const { identity } = first.is("live").target;
				for (const other of ways) {
					const second = newWatcher(group);
					await second.attach(other);
					const message = expect.stringContaining(`(pid ${app.pid}) is watched already.`);
					expect(second.is("error")).toMatchObject({ message, watched: identity });
				}
				expect((await first.nextSample()).pid).toBe(app.pid);
				await first.detach();
			}
			// What was left can be attached to again.
			const last = newWatcher(group);
			await last.attach({ kind: "address", host, port });
			expect(last.state.kind).toBe("live");
		} finally {
			proxy.stop();
		}
	});

	it("is attached to again while it is still being left, and nothing is said of the leaving", async () => {
		const watcher = newWatcher();
		await watcher.attachByPid(app.pid);
		await watcher.nextSample();
		await Promise.all([watcher.detach(), watcher.attachByPid(app.pid)]);
		expect(watcher.state.kind).toBe("live");
		expect(watcher.states.map(({ kind }) => kind)).not.toContain("detached");
		expect((await watcher.nextSample()).pid).toBe(app.pid);
	});

	it("has a debugger attached beside us, which keeps its session, its breakpoint and the open inspector", async () => {
		await start({ nodeOptions: ["--inspect=127.0.0.1:0"] });
		const debug = await Debugger.connect(await inspector());
		try {
			await debug.send("Runtime.enable");
			await debug.send("Debugger.enable");
			const watcher = newWatcher();
			await watcher.attachByPid(app.pid);
			await watcher.nextSample();

			const paused = debug.next("Debugger.paused");
			await debug.send("Debugger.pause");
			const answer = app.get("/");
			await paused;
			// While the debugger holds it, the process is measured on, and stays held.
			for (let sample = 0; sample < 3; sample++) expect((await watcher.nextSample()).pid).toBe(app.pid);
			expect(watcher.state.kind).toBe("live");
			expect(await Promise.race([answer, Promise.resolve("held")])).toBe("held");
			await watcher.detach();
			await debug.send("Debugger.resume");
			expect(await answer).toBeNull();
			expect(await debug.evaluate("process.pid")).toBe(app.pid);
			expect(await createProcessLister().find(app.pid)).toMatchObject({ inspector: { kind: "open" } });
		} finally {
			debug.close();
		}
	});

	it("has a debugger that comes while we watch: both go on until the debugger leaves", async () => {
		const watcher = newWatcher();
		await watcher.attachByPid(app.pid);
		const debug = await Debugger.connect(await inspector());
		await debug.send("Runtime.enable");
		await debug.send("Debugger.enable");
		await watcher.nextSample();
		expect(await debug.evaluate("process.pid")).toBe(app.pid);
		debug.close();
		await watcher.nextSample();
		await watcher.nextSample();
		expect(watcher.state.kind).toBe("live");
	});
});
