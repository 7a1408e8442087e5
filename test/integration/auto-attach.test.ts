import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import { extension, until } from "./support/editing.js";

const SETTING = "prismaLeakLens.monitor.autoAttach";
const SCRIPT = "auto-attached-server.cjs";
/** Longer than the extension waits between two looks, and than a process has to have lived. */
const LOOKED_MS = 9_000;

/** Starts the script as a terminal would: not below the extension host, whose own processes are left alone. Gives its pid. */
function start(folder: string): number {
	const node = `"${process.execPath}" ${SCRIPT} > /dev/null 2>&1 & echo $!`;
	const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: "" };
	return Number(execFileSync("sh", ["-c", node], { cwd: folder, env, encoding: "utf8" }));
}

describe("attaching by setting", () => {
	it("takes the workspace's processes as they start, none while it is off, and none that was detached from", async function () {
		if (process.platform === "win32") this.skip();
		const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
		assert.ok(folder);
		const { monitor } = await extension().activate();
		const watched = () => monitor.attached.flatMap((state) => (state.kind === "live" ? state.target.pid : []));
		const set = (value: boolean | undefined) =>
			vscode.workspace.getConfiguration().update(SETTING, value, vscode.ConfigurationTarget.Global);
		const started: number[] = [];
		const startNext = (): number => {
			const pid = start(folder);
			started.push(pid);
			return pid;
		};
		writeFileSync(join(folder, SCRIPT), "setInterval(() => {}, 1_000);\n");
		try {
			monitor.detach();
			const first = startNext();
			await sleep(LOOKED_MS);
			assert.deepEqual(watched(), []);

			await set(true);
			await until("it is attached to", () => watched().includes(first) || undefined);
			const second = startNext();
			await sleep(LOOKED_MS);
			assert.deepEqual(watched(), [first], "one at a time");

			monitor.detach();
			await until("the next is attached to", () => watched().includes(second) || undefined);
			monitor.detach();
			await until("it is left", () => watched().length === 0 || undefined);
			await sleep(LOOKED_MS);
			assert.deepEqual(watched(), [], "what was detached from is left alone");
		} finally {
			await set(undefined);
			monitor.detach();
			for (const pid of started) process.kill(pid, "SIGKILL");
			rmSync(join(folder, SCRIPT));
		}
	}).timeout(120_000);
});
