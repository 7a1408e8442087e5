import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { AttachTarget } from "../../src/protocol/index.js";
import { extension, until } from "./support/editing.js";
import { startTarget } from "./support/target.js";

describe("several processes", () => {
	it("are watched at once, with a recording each, and left one by one or all together", async () => {
		const { monitor } = await extension().activate();
		const targets = await Promise.all([startTarget(), startTarget()]);
		const pids = targets.map(({ process: { pid } }) => pid);
		const watched = () => monitor.attached.map((state) => ("target" in state ? state.target.pid : undefined));
		try {
			for (const { port } of targets) assert.equal((await monitor.attach({ kind: "address", host: "127.0.0.1", port })).kind, "live");
			assert.deepEqual(watched(), pids);
			await until("both recordings", async () => {
				const growing = (await monitor.recordings()).filter(({ bytes }) => bytes > 1_000).map(({ target }) => target.pid);
				return pids.every((pid) => pid !== undefined && growing.includes(pid)) || undefined;
			});

			// Attached to again, a process is only shown, whichever way leads to it.
			const again: readonly AttachTarget[] = [
				{ kind: "pid", pid: pids[0] ?? 0, mayOpenInspector: false },
				{ kind: "address", host: "127.0.0.1", port: targets[1]?.port ?? 0 },
				{ kind: "address", host: "localhost", port: targets[0]?.port ?? 0 },
			];
			for (const [index, target] of again.entries()) {
				const pid = pids[index % 2];
				const state = await monitor.attach(target);
				assert.ok(state.kind === "live" && state.target.pid === pid, JSON.stringify(state));
				assert.deepEqual(watched(), pids);
				await until("it is shown", () => monitor.latest?.pid === pid || undefined);
			}

			const asked = vscode.commands.executeCommand("prismaLeakLens.detachMonitor");
			await until("one is left", async () => {
				await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
				return monitor.attached.length === 1 || undefined;
			});
			await asked;
			assert.deepEqual(watched(), [pids[1]]);
			monitor.detach();
			await until("all are left", () => monitor.attached.length === 0 || undefined);
			for (const { process } of targets) assert.equal(process.exitCode, null);
		} finally {
			monitor.detach();
			for (const { process } of targets) process.kill();
		}
	});
});
