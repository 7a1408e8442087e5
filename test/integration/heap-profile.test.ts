import * as assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { chooseFirst } from "./support/dialogs.js";
import { extension, until } from "./support/editing.js";
import { startTarget } from "./support/target.js";

const HOARDER = `const kept = [];
function hoard() {
	for (let i = 0; i < 200; i++) kept.push({ room: i, nights: new Array(40).fill(i) });
}
setInterval(hoard, 20);
`;

describe("a profile of the attached process's heap", () => {
	it("leads to the function that keeps what it allocates, beside the dashboard", async () => {
		const folder = realpathSync(mkdtempSync(join(tmpdir(), "leak-lens-hoarder-")));
		const script = join(folder, "hoarder.cjs");
		writeFileSync(script, HOARDER);
		const { monitor } = await extension().activate();
		const target = await startTarget([script]);
		try {
			await vscode.commands.executeCommand("workbench.action.closeAllEditors");
			await monitor.attach({ kind: "address", host: "127.0.0.1", port: target.port });
			await until("a sample", () => monitor.received > 0 || undefined);
			const done = vscode.commands.executeCommand("prismaLeakLens.profileHeap");
			const opened = await until("the function is opened", async () => {
				await chooseFirst();
				const editor = vscode.window.activeTextEditor;
				return editor?.document.uri.fsPath === script ? editor : undefined;
			});
			assert.equal(opened.document.lineAt(opened.selection.active.line).text, "function hoard() {");
			const shown = vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.label);
			assert.ok(shown.includes("Memory Monitor"), `in view are ${shown.join(", ")}`);
			await done;
		} finally {
			monitor.detach();
			target.process.kill();
			rmSync(folder, { recursive: true });
		}
	});
});
