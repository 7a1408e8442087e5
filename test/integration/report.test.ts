import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { extension, until } from "./support/editing.js";
import { startTarget } from "./support/target.js";

const CREATE_REPORT = "prismaLeakLens.createReport";

/** The text that the preview shows, as soon as it fits. */
function reportWith(pattern: RegExp): Promise<string> {
	return until(`a report with ${pattern}`, async () => {
		await vscode.commands.executeCommand(CREATE_REPORT, "markdown");
		const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "prisma-leak-report");
		return shown !== undefined && pattern.test(shown.getText()) ? shown.getText() : undefined;
	});
}

describe("Create leak report", () => {
	after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

	it("shows what leaks in the workspace, in a preview", async () => {
		await extension().activate();
		const text = await reportWith(/client-per-call/);
		assert.match(text.split("\n")[0] ?? "", /^# \d+ errors.* in leaky-hotel, above all: /);
		assert.match(text, /`src\/routes\/reports\.ts:\d+`/);
		const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label);
		assert.ok(
			labels.some((label) => label.includes("Leaks in leaky-hotel")),
			`the tabs are ${labels.join(", ")}`,
		);
	});

	it("adds what was recorded last", async () => {
		const { monitor } = await extension().activate();
		const target = await startTarget();
		try {
			const state = await monitor.attach({ kind: "address", host: "127.0.0.1", port: target.port });
			assert.equal(state.kind, "live");
			const text = await reportWith(new RegExp(`pid ${target.process.pid}\\b[\\s\\S]*native`));
			assert.match(text.split("\n")[1] ?? "", /^Measured over .*: rss [\d.]+\s[kM]B/);
		} finally {
			monitor.detach();
			target.process.kill();
		}
	});
});
