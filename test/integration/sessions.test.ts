import * as assert from "node:assert/strict";
import * as vscode from "vscode";
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

			// Attached to again, a process is only shown.
			const again = await monitor.attach({ kind: "pid", pid: pids[0] ?? 0, mayOpenInspector: false });
			assert.ok(again.kind === "live" && again.target.pid === pids[0]);
			assert.equal(monitor.attached.length, 2);
			await until("the first is shown", () => monitor.latest?.pid === pids[0] || undefined);

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
