import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { run, start } from "../../scripts/lib/processes.js";

/** Starts a child of its own, prints the child's pid, and ignores SIGTERM. */
const STUBBORN_PARENT = `
	const { spawn } = require("node:child_process");
	const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
	process.on("SIGTERM", () => {});
	console.log(child.pid);
	setInterval(() => {}, 1000);
`;

function isRunning(pid: number): boolean {
	try {
		return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
	} catch {
		return false;
	}
}

describe("processes", () => {
	it("ends a process with its children, also one that ignores SIGTERM", async () => {
		const parent = start(process.execPath, ["-e", STUBBORN_PARENT]);
		while (parent.lastWords() === "") await sleep(20);
		const child = Number(parent.lastWords());
		expect(isRunning(child)).toBe(true);
		await parent.stop();
		expect(parent.isRunning()).toBe(false);
		expect(isRunning(child)).toBe(false);
	}, 20_000);

	it("names the command and its last words when it fails", async () => {
		const failing = run(process.execPath, ["-e", "console.error('no such table'); process.exit(3)"]);
		await expect(failing).rejects.toThrow(/ended with 3:\nno such table/);
	});

	it("says which command could not be started", async () => {
		await expect(run("no-such-command", [])).rejects.toThrow(/"no-such-command" ended with 127:\n.*ENOENT/);
	});
});
