import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A process with its inspector open, and the port that it listens on. */
export async function startTarget(
	args: readonly string[] = ["-e", "setInterval(() => {}, 1000)"],
): Promise<{ readonly process: ChildProcess; readonly port: number }> {
	const child = spawn(process.execPath, ["--inspect=127.0.0.1:0", ...args], {
		env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: "" },
		stdio: ["ignore", "ignore", "pipe"],
	});
	assert.ok(child.stderr);
	const [line] = await once(createInterface({ input: child.stderr }), "line");
	return { process: child, port: Number(/:(\d+)\//.exec(String(line))?.[1]) };
}
