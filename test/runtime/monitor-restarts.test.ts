import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProcessLister } from "../../src/monitor/index.js";
import { waitFor } from "../../src/monitor/wait-for.js";
import { Watcher } from "./support/watcher.js";

const TSX = join(import.meta.dirname, "../../node_modules/tsx/dist/cli.mjs");
const SCRIPT = join(import.meta.dirname, "support/plain-app.cjs");

/** Ends the program soon after it was started, over and over; the fourth life stays. */
const CRASHES = `const { spawn } = require("node:child_process");
let lives = 0;
const run = () => {
	const child = spawn(process.execPath, ["app.cjs"], { stdio: ["ignore", "inherit", "inherit"] });
	console.log("started " + child.pid);
	if (++lives < 4) setTimeout(() => child.kill(), 4000);
	child.once("exit", (code, signal) => { console.log("ended " + code + " " + signal); run(); });
};
process.once("SIGTERM", () => process.exit());
run();`;

describe("a program that is restarted", () => {
	let folder: string;
	let script: string;
	let supervisor: ChildProcess;
	let watcher: Watcher;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "leak-lens-restarts-"));
		script = join(folder, "app.cjs");
		await cp(SCRIPT, script);
		watcher = new Watcher();
	});

	afterEach(async () => {
		await watcher.dispose();
		for (const { pid } of await program()) process.kill(pid, "SIGKILL");
		supervisor.kill("SIGKILL");
		await rm(folder, { recursive: true, force: true });
	});

	/** Starts it in its folder, and waits for its first words. */
	async function start(...args: string[]): Promise<void> {
		supervisor = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
		if (supervisor.stdout) await once(createInterface({ input: supervisor.stdout }), "line");
	}

	/** Without what starts it, which `node --watch` names alike. */
	const program = async () =>
		(await createProcessLister().list()).filter(({ cwd, title, pid }) => cwd === folder && title === "app.cjs" && pid !== supervisor.pid);

	async function watch(): Promise<number> {
		const found = await waitFor(async () => (await program()).find(({ openable }) => openable.ok) ?? null, 10_000);
		if (found === null) throw new Error("The program does not run.");
		await watcher.attachByPid(found.pid);
		await watcher.nextSample();
		return found.pid;
	}

	it.each([
		["node --watch", ["--watch", "app.cjs"]],
		["tsx watch", [TSX, "watch", "app.cjs"]],
	])("by %s is watched on, and told to be restarted", async (_, args) => {
		await start(...args);
		const first = await watch();
		await utimes(script, new Date(), new Date());
		const sample = await watcher.nextSample(({ pid }) => pid !== first);
		expect(watcher.is("live").target.pid).toBe(sample.pid);
		expect(watcher.states).toContainEqual(
			expect.objectContaining({ kind: "gone", reason: "The process was restarted.", successorPid: sample.pid }),
		);
	});

	it("by node --watch after an error that took long to mend is watched on", async () => {
		await start("--watch", "app.cjs");
		const first = await watch();
		await writeFile(script, "throw new Error('an error');");
		await watcher.until("gone");
		await new Promise((resolve) => setTimeout(resolve, 12_000));
		watcher.is("gone");
		await cp(SCRIPT, script);
		expect((await watcher.nextSample()).pid).not.toBe(first);
	});

	it("over and over is followed without harm to it, until it stays", async () => {
		supervisor = spawn(process.execPath, ["-e", CRASHES], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
		const ends: string[] = [];
		const pids: number[] = [];
		if (supervisor.stdout)
			createInterface({ input: supervisor.stdout }).on("line", (line) => {
				const [word, ...rest] = line.split(" ");
				if (word === "ended") ends.push(rest.join(" "));
				if (word === "started") pids.push(Number(rest[0]));
			});
		await watch();
		await expect.poll(() => pids.length, { timeout: 25_000 }).toBe(4);
		await watcher.nextSample(({ pid }) => pid === pids[3]);
		expect(ends).toEqual(Array(3).fill("null SIGTERM"));
		expect(watcher.samples.every(({ pid }) => pids.includes(pid))).toBe(true);
	});

	it("is not watched on after it was detached from", async () => {
		await start("--watch", "app.cjs");
		await watch();
		await writeFile(script, "throw new Error('an error');");
		await watcher.until("gone");
		await watcher.detach();
		await cp(SCRIPT, script);
		await expect.poll(async () => (await program()).length, { timeout: 10_000 }).toBe(1);
		await new Promise((resolve) => setTimeout(resolve, 3_000));
		expect((await program())[0]?.inspector.kind).toBe("closed");
		watcher.is("idle");
	});
});
