import * as assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { answering } from "./support/dialogs.js";
import { extension, findings, openFile } from "./support/editing.js";
import { startTarget } from "./support/target.js";

const TOOL = "prisma-leak-lens_leaks";

async function ask(input: object): Promise<{ findings: readonly Record<string, unknown>[]; notListed: number; latestSample: unknown }> {
	const { content } = await vscode.lm.invokeTool(TOOL, { input, toolInvocationToken: undefined });
	const [part] = content;
	assert.ok(part instanceof vscode.LanguageModelTextPart);
	return JSON.parse(part.value);
}

describe("the tool for language models", () => {
	it("is there, and tells findings with their fixes", async () => {
		await findings(await openFile("src/routes/rooms.ts"), "multiple-clients");
		assert.ok(vscode.lm.tools.some(({ name }) => name === TOOL));
		const { findings: told, latestSample } = await ask({ rule: "multiple-clients", file: "src/routes/rooms.ts" });
		assert.equal(told.length, 1);
		assert.equal(told[0]?.file, "src/routes/rooms.ts");
		assert.match(String(told[0]?.fixes), /^Use singleton from src\/lib\/prisma\.ts/);
		assert.equal(latestSample, null);
	});

	it("counts what it leaves out, and tells nothing for a rule that is none", async () => {
		const all = await ask({});
		assert.ok(all.findings.length > 10 && all.notListed >= 0);
		assert.deepEqual((await ask({ rule: "no-such-rule" })).findings, []);
	});
});

describe("Copy diagnostics info", () => {
	it("puts versions and states on the clipboard, and no path, name, value or URL", async () => {
		const { monitor } = await extension().activate();
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		assert.ok(folder);
		const env = join(folder.uri.fsPath, ".env");
		const settings = vscode.workspace.getConfiguration("prismaLeakLens");
		const target = await startTarget(["-e", "setInterval(() => {}, 1000)", "secret-argument"]);
		const said: unknown[] = [];
		try {
			writeFileSync(env, "DATABASE_URL=postgresql://secret-user:secret-word@secret-host:5432/secret-base\n");
			await settings.update("exclude", ["secret-folder/**"], vscode.ConfigurationTarget.Workspace);
			assert.equal((await monitor.attach({ kind: "address", host: "127.0.0.1", port: target.port })).kind, "live");
			await answering(
				"showInformationMessage",
				(message) => void said.push(message),
				async () => vscode.commands.executeCommand("prismaLeakLens.copyDiagnosticsInfo"),
			);
			const text = await vscode.env.clipboard.readText();
			assert.match(text, /^Prisma Leak Lens \d+\.\d+\.\d+\nVS Code \d+\./);
			assert.match(text, /Analysis: \w+, \d+ errors?, \d+ warnings?, \d+ notes? in \d+ files?\n/);
			assert.match(text, /Settings made: exclude\nMonitor: live\n/);
			assert.doesNotMatch(text, /secret|postgres|:\/\/|leaky-hotel/);
			assert.ok(!text.includes(folder.uri.fsPath) && !text.includes(String(target.process.pid)));
			assert.deepEqual(said, ["Versions and states are on the clipboard. They hold no paths and no code."]);
		} finally {
			monitor.detach();
			target.process.kill();
			rmSync(env, { force: true });
			await settings.update("exclude", undefined, vscode.ConfigurationTarget.Workspace);
		}
	});
});
