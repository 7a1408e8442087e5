import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, writeFileSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createProcessLister, MonitorSession } from "../../src/monitor/index.js";
import type { NodeProcess, SessionState } from "../../src/protocol/index.js";
import { startFakeInspector } from "../monitor/inspector/fake-inspector.js";
import type { App, AppOptions } from "./support/app.js";
import { WatchedApps } from "./support/watched-apps.js";
import { OPTIONS, type Watcher } from "./support/watcher.js";

const SCRIPT = join(import.meta.dirname, "support/plain-app.cjs");
const CRASH_LOOP = join(import.meta.dirname, "support/crash-loop.cjs");
/** The next pid that Linux gives is the one after what this file holds. */
const LAST_PID = "/proc/sys/kernel/ns_last_pid";
/** Two processes with one pid are told apart by when they started. */
const APART_MS = 2_500;

const mayChoosePid = canWrite(LAST_PID);
const separateNetwork = process.getuid?.() === 0 ? ["--net"] : ["--user", "--map-root-user", "--net"];
const mayUnshare = spawnSync("unshare", [...separateNetwork, "true"]).status === 0;

function canWrite(path: string): boolean {
	try {
		accessSync(path, constants.W_OK);
		return true;
	} catch {
		return false;
	}
}

/** The process that was chosen is measured, or none is, and none is harmed. */
describe("a process that is not what it seems", () => {
	const watched = new WatchedApps(SCRIPT);
	const start = (options?: AppOptions) => watched.start(options);
	const newWatcher = () => watched.newWatcher();
	const children: ChildProcess[] = [];

	afterEach(async () => {
		await watched.end();
		for (const child of children.splice(0)) child.kill("SIGKILL");
	});

	async function find(pid: number): Promise<NodeProcess> {
		const found = await createProcessLister().find(pid);
		if (found === null) throw new Error(`No process ${pid}.`);
		return found;
	}

	/** Another process may be started in between, so it takes a few attempts. */
	async function startAs(pid: number): Promise<App> {
		for (let attempt = 0; attempt < 50; attempt++) {
			writeFileSync(LAST_PID, String(pid - 1));
			const app = await start();
			if (app.pid === pid) return app;
			await app.stop();
		}
		throw new Error(`No process came to have the pid ${pid}.`);
	}

	/** Again and again while the process has no handler for the signal yet. */
	async function attachAsSoonAsItTakes(watcher: Watcher, pid: number): Promise<Watcher> {
		do await watcher.attachByPid(pid);
		while (watcher.state.kind === "error" && watcher.state.action.includes("no handler for SIGUSR1 yet"));
		return watcher;
	}

	it.skipIf(!mayChoosePid)("has another one's pid: it is not taken for the one that was chosen", async () => {
		const chosen = await start();
		const { pid, startedAt } = await find(chosen.pid);
		await sleep(APART_MS);
		await chosen.stop();
		const other = await startAs(pid);
		const watcher = newWatcher();
		await watcher.attach({ kind: "pid", pid, startedAt, mayOpenInspector: true });
		expect(watcher.is("error").message).toBe(`The process that was chosen has ended; its pid ${pid} belongs to another one by now.`);
		expect(watcher.samples).toEqual([]);
		expect(await other.get("/")).toBeNull();
		expect(other.output()).not.toContain("Debugger");
	});

	it.skipIf(!mayChoosePid)("took the pid of the one that is watched: that one is gone, and nothing is measured any more", async () => {
		const watched = await start();
		const watcher = newWatcher();
		await watcher.attachByPid(watched.pid);
		await sleep(APART_MS);
		await watched.stop();
		const other = await startAs(watched.pid);
		const { reason } = await watcher.until("gone");
		const { length } = watcher.samples;
		expect(reason).toBe("The process ended.");
		await sleep(1_000);
		expect(watcher.samples).toHaveLength(length);
		expect(other.output()).not.toContain("Debugger");
	});

	it("took the pid between the look at it and the signal: it is not signalled", async () => {
		const app = await start();
		const lister = createProcessLister();
		const real = lister.find.bind(lister);
		let looks = 0;
		// The first look still sees the process that had the pid before.
		lister.find = async (pid) => {
			const found = await real(pid);
			return found && looks++ === 0 ? { ...found, startedAt: (found.startedAt ?? 0) - 60_000 } : found;
		};
		const states: SessionState[] = [];
		const session = new MonitorSession(lister, { state: (state) => states.push(state), sample: () => {}, levels: () => {} });
		await session.attach({ kind: "pid", pid: app.pid, mayOpenInspector: true }, OPTIONS);
		await session.dispose();
		expect(states.at(-1)).toMatchObject({ kind: "error", message: expect.stringContaining("has ended") });
		expect(looks).toBe(2);
		expect(await app.get("/")).toBeNull();
		expect(app.output()).not.toContain("Debugger");
	});

	it("is not ready for the signal, which would end it: it is not signalled", async () => {
		const folder = await mkdtemp(join(tmpdir(), "leak-lens-node-"));
		try {
			const program = join(folder, "node");
			// By its name it is Node; like a Node that has just begun, it has no handler for any signal.
			await copyFile(execFileSync("which", ["sleep"], { encoding: "utf8" }).trim(), program);
			const child = spawn(program, ["60"], { stdio: "ignore" });
			children.push(child);
			await once(child, "spawn");
			const watcher = newWatcher();
			await watcher.attachByPid(child.pid ?? 0);
			expect(watcher.is("error").action).toContain("no handler for SIGUSR1 yet, so the signal would end it");
			expect([child.exitCode, child.signalCode]).toEqual([null, null]);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});

	it("is in a crash loop: each of its lives ends as it would without us, however early we attach", async () => {
		const supervisor = spawn(process.execPath, [CRASH_LOOP], { stdio: ["ignore", "pipe", "inherit"] });
		children.push(supervisor);
		const ends: string[] = [];
		const attempts: Promise<Watcher>[] = [];
		for await (const line of createInterface({ input: supervisor.stdout })) {
			const [word, pid, ...how] = line.split(" ");
			if (word === "ended") ends.push(how.join(" "));
			if (word === "started") {
				const watcher = newWatcher();
				attempts.push(attachAsSoonAsItTakes(watcher, Number(pid)));
			}
		}
		expect(ends).toEqual(Array(10).fill("1 null"));
		const lives = await Promise.all(attempts);
		for (const { states, samples } of lives) {
			const target = states.flatMap((state) => (state.kind === "live" ? [state.target.pid] : []));
			expect(samples.every(({ pid }) => target.includes(pid))).toBe(true);
		}
		// The longest life is long enough to be watched.
		expect(lives.at(-1)?.samples.length).toBeGreaterThan(0);
		expect((await lives.at(-1)?.until("gone"))?.reason).toBe("The process ended.");
	});

	it.skipIf(!mayUnshare)("runs in another network namespace: it is not signalled, and the way to watch it is told", async () => {
		const child = spawn("unshare", [...separateNetwork, process.execPath, SCRIPT], { stdio: ["ignore", "pipe", "pipe"] });
		children.push(child);
		let output = "";
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (chunk) => {
				output += chunk;
			});
		await expect.poll(() => output, { timeout: 10_000 }).toContain("listening on");
		const pid = child.pid ?? 0;
		const listed = (await createProcessLister().list()).find((entry) => entry.pid === pid);
		expect(listed).toMatchObject({ inspector: { kind: "closed" }, openable: { ok: false } });
		const watcher = newWatcher();
		await watcher.attachByPid(pid);
		expect(watcher.is("error").action).toBe(
			"It runs in another network namespace, such as a container. Start it with --inspect=0.0.0.0:9229, forward that port to this machine's loopback and attach to host:port.",
		);
		await sleep(300);
		expect([child.exitCode, child.signalCode]).toEqual([null, null]);
		expect(output).not.toContain("Debugger");
	});

	it.skipIf(process.getuid?.() !== 0)("belongs to another user: it is not signalled", async () => {
		const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1_000); console.log(1)"], { cwd: "/", uid: 65_534, gid: 65_534 });
		children.push(child);
		let output = "";
		child.stderr.on("data", (chunk) => {
			output += chunk;
		});
		await once(child.stdout, "data");
		const watcher = newWatcher();
		await watcher.attachByPid(child.pid ?? 0);
		expect(watcher.is("error").action).toContain("It belongs to another user.");
		await sleep(300);
		expect([child.exitCode, child.signalCode, output]).toEqual([null, null, ""]);
	});

	it("holds a port on which something pretends to be the inspector of another process: nothing is measured", async () => {
		const identity = { pid: 4_242, version: "v20.0.0", argv: ["node", "server.js"], cwd: "/" };
		// This process, which runs the test, holds the port.
		const fake = await startFakeInspector({ port: 9_320, evaluate: () => identity });
		try {
			const watcher = newWatcher();
			await watcher.attachByPid(process.pid);
			expect(watcher.is("error").message).toMatch(/^The inspector at 127\.0\.0\.1:9320 belongs to process 4242, not to /);
			expect(watcher.samples).toEqual([]);
		} finally {
			await fake.close();
		}
	});
});
