import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { extension, until } from "./support/editing.js";

/** A process with its inspector open, and the port that it listens on. */
async function startTarget(): Promise<{ readonly process: ChildProcess; readonly port: number }> {
	const child = spawn(process.execPath, ["--inspect=127.0.0.1:0", "-e", "setInterval(() => {}, 1000)"], {
		env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: "" },
		stdio: ["ignore", "ignore", "pipe"],
	});
	assert.ok(child.stderr);
	const [line] = await once(createInterface({ input: child.stderr }), "line");
	return { process: child, port: Number(/:(\d+)\//.exec(String(line))?.[1]) };
}

describe("a session", () => {
	it("is recorded outside the workspace, sample by sample", async () => {
		const { monitor } = await extension().activate();
		const target = await startTarget();
		try {
			const state = await monitor.attach({ kind: "address", host: "127.0.0.1", port: target.port });
			assert.equal(state.kind, "live");
			await until("three samples", () => monitor.received >= 3 || undefined);
			monitor.detach();
			const recorded = await until("the recording", async () =>
				(await monitor.recordings()).find(({ target: { pid }, bytes }) => pid === target.process.pid && bytes > 1_000),
			);
			assert.match(recorded.id, /\d/);
		} finally {
			target.process.kill();
		}
	});
});
