import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { extension, findings, openFile } from "./support/editing.js";

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
	it("puts versions and states on the clipboard, and no path of the workspace", async () => {
		await extension().activate();
		void vscode.commands.executeCommand("prismaLeakLens.copyDiagnosticsInfo");
		for (let tries = 0; tries < 50 && !(await vscode.env.clipboard.readText()).startsWith("Prisma Leak Lens"); tries++) {
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		const text = await vscode.env.clipboard.readText();
		assert.match(text, /^Prisma Leak Lens \d+\.\d+\.\d+\nVS Code \d+\./);
		assert.match(text, /Analysis: ready, \d+ errors/);
		const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "/";
		assert.ok(!text.includes(folder));
	});
});
