import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type App, startApp } from "./support/app.js";
import { DebuggerProxy } from "./support/debugger-proxy.js";
import { Watcher } from "./support/watcher.js";

describe("a process that is being debugged", () => {
	let app: App;
	let proxy: DebuggerProxy;
	let watcher: Watcher;

	beforeEach(async () => {
		app = await startApp(join(import.meta.dirname, "support/plain-app.cjs"), { nodeOptions: ["--inspect=127.0.0.1:0"] });
		proxy = await DebuggerProxy.start(/ws:\/\/\S+/.exec(app.output())?.[0] ?? "");
		watcher = new Watcher();
		await watcher.attach(proxy.target);
		await watcher.nextSample();
	});

	afterEach(async () => {
		await watcher.dispose();
		proxy.stop();
		await app.stop();
	});

	it("is watched through the debugger's connection, whose setup stays as it was", async () => {
		expect(watcher.is("live").target).toMatchObject({ pid: app.pid, openedByUs: false });
		await watcher.setLevel("inventory", true);
		expect(watcher.level("inventory").status).toBe("on");
		await watcher.detach();
		expect(await app.get("/traces")).toMatchObject({ symbols: expect.not.arrayContaining(["Symbol(prisma-leak-lens.agent)"]) });
		expect(proxy.methods.filter((method) => /^(Debugger|NodeRuntime)\.|\.(enable|disable)$/.test(method))).toEqual([]);
		const breakpoint = { lineNumber: 0, url: "file:///app.js" };
		expect(await proxy.ask("Debugger.setBreakpointByUrl", breakpoint)).toHaveProperty("result.breakpointId");
	});

	it("cannot have its creation sites recorded, and is told why", async () => {
		await watcher.setLevel("sites", true);
		expect(watcher.level("sites")).toMatchObject({ status: "failed", note: expect.stringMatching(/debug session.*Stop debugging/) });
		expect(watcher.level("inventory").status).toBe("off");
		await watcher.nextSample();
	});

	it("is gone when debugging ends", async () => {
		proxy.stop();
		expect((await watcher.until("gone")).reason).toMatch(/connection to .* was lost/);
		expect(await app.get("/")).toBeNull();
	});
});
