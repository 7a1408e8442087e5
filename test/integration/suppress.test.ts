import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { findings, openFile, quickFixes, revert, ruleOf, until } from "./support/editing.js";

const RULE = "multiple-clients";

function left(document: vscode.TextDocument): readonly vscode.Diagnostic[] {
	return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => ruleOf(diagnostic) === RULE);
}

describe('quick-fix "Suppress … for this line"', () => {
	it("puts a comment above the finding, as one step that can be undone, and is not preferred", async () => {
		const document = await openFile("src/routes/rooms.ts");
		const [finding] = await findings(document, RULE);
		assert.ok(finding);
		const before = document.getText();
		const offered = await quickFixes(document, finding);
		const titles = offered.map(({ title }) => title).filter((title) => title.startsWith("Suppress"));
		assert.deepEqual(titles, [`Suppress ${RULE} for this line`, `Suppress ${RULE} in this file`]);
		const fix = offered.find(({ title }) => title === `Suppress ${RULE} for this line`);
		assert.ok(fix?.edit);
		assert.notEqual(fix.isPreferred, true);
		try {
			assert.ok(await vscode.workspace.applyEdit(fix.edit));
			const line = document.lineAt(finding.range.start.line);
			assert.equal(line.text.trim(), `// prisma-leak-lens-disable-next-line ${RULE}`);
			await until("no finding is left", () => left(document).length === 0 || undefined);
			await vscode.commands.executeCommand("undo");
			assert.equal(document.getText(), before);
			await findings(document, RULE);
		} finally {
			await revert(document);
		}
	});
});

describe("a comment that silences nothing", () => {
	it("is found, and its quick-fix removes it", async () => {
		const document = await openFile("src/routes/rooms.ts");
		await findings(document, RULE);
		const before = document.getText();
		const edit = new vscode.WorkspaceEdit();
		edit.insert(document.uri, new vscode.Position(0, 0), "// prisma-leak-lens-disable-file metrics-preview\n");
		try {
			assert.ok(await vscode.workspace.applyEdit(edit));
			const [unused] = await findings(document, "unused-suppression");
			assert.ok(unused);
			const fix = (await quickFixes(document, unused)).find(({ title }) => title === "Remove the comment");
			assert.ok(fix?.edit);
			assert.ok(await vscode.workspace.applyEdit(fix.edit));
			assert.equal(document.getText(), before);
		} finally {
			await revert(document);
		}
	});
});

describe("settings", () => {
	const severity = (document: vscode.TextDocument, wanted: vscode.DiagnosticSeverity) =>
		until(`severity ${vscode.DiagnosticSeverity[wanted]}`, () => left(document)[0]?.severity === wanted || undefined);

	it("come from the config file, over it from the folder's settings, and from neither are the defaults", async () => {
		const document = await openFile("src/routes/rooms.ts");
		const folder = vscode.workspace.getWorkspaceFolder(document.uri);
		assert.ok(folder);
		const file = vscode.Uri.joinPath(folder.uri, "prisma-leak-lens.json");
		const settings = () => vscode.workspace.getConfiguration("prismaLeakLens", folder.uri);
		await severity(document, vscode.DiagnosticSeverity.Error);
		try {
			const text = `// Ours.\n{ "rules": { "${RULE}": "warning" } }\n`;
			await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
			await severity(document, vscode.DiagnosticSeverity.Warning);
			await settings().update("rules", { [RULE]: "info" }, vscode.ConfigurationTarget.WorkspaceFolder);
			await severity(document, vscode.DiagnosticSeverity.Information);
			await settings().update("rules", undefined, vscode.ConfigurationTarget.WorkspaceFolder);
			await severity(document, vscode.DiagnosticSeverity.Warning);
		} finally {
			await settings().update("rules", undefined, vscode.ConfigurationTarget.WorkspaceFolder);
			await vscode.workspace.fs.delete(file);
		}
		await severity(document, vscode.DiagnosticSeverity.Error);
	});

	it("complete and check the config file, which may hold comments", async () => {
		const folder = vscode.workspace.workspaceFolders?.[0];
		assert.ok(folder);
		const file = vscode.Uri.joinPath(folder.uri, "prisma-leak-lens.json");
		try {
			await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('{\n\t// Ours.\n\t"profile": "prod"\n}\n'));
			const document = await openFile("prisma-leak-lens.json");
			assert.equal(document.languageId, "jsonc");
			const [problem, ...others] = await until("the problem", () => {
				const found = vscode.languages.getDiagnostics(document.uri);
				return found.length > 0 ? found : undefined;
			});
			assert.deepEqual(others, []);
			assert.equal(problem?.range.start.line, 2);
			assert.match(problem?.message ?? "", /production/);
		} finally {
			await vscode.workspace.fs.delete(file);
		}
	});
});
