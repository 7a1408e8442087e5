import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { leakTree, type TreeNode } from "../../src/extension/views/leak-tree.js";
import { findings, openFile, revert, ruleOf, until } from "./support/editing.js";

const RULE = "multiple-clients";
const FILE = "src/routes/rooms.ts";

/** The item of the tree for a finding that the editor shows. */
function itemOf(document: vscode.TextDocument, { range, message }: vscode.Diagnostic): TreeNode {
	const folder = vscode.workspace.getWorkspaceFolder(document.uri);
	assert.ok(folder);
	const uri = folder.uri.toString();
	const place = {
		line: range.start.line + 1,
		column: range.start.character + 1,
		endLine: range.end.line + 1,
		endColumn: range.end.character + 1,
	};
	const leak = {
		...place,
		folder: uri,
		file: FILE,
		package: ".",
		rule: RULE,
		title: RULE,
		severity: "error",
		message,
		fixable: true,
		saving: null,
		evidence: null,
	} as const;
	const [file] = leakTree([leak], { grouping: "file", folders: [{ uri, name: folder.name }] });
	assert.ok(file?.kind === "file");
	const [item] = file.children();
	assert.ok(item?.kind === "leak");
	return item;
}

function left(document: vscode.TextDocument): number {
	return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => ruleOf(diagnostic) === RULE).length;
}

describe("an item of the tree of leaks", () => {
	const changes = [
		{ command: "fixLeak", what: "its preferred fix", text: /import \{ prisma \} from "\.\.\/lib\/prisma\.js";/ },
		{ command: "suppressLeak", what: "the comment above its line", text: /\n\/\/ prisma-leak-lens-disable-next-line multiple-clients\n/ },
	];
	for (const { command, what, text } of changes) {
		it(`makes ${what}, which is undone in one step`, async () => {
			const document = await openFile(FILE);
			const [finding] = await findings(document, RULE);
			assert.ok(finding);
			const before = document.getText();
			await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
			try {
				await vscode.commands.executeCommand(`prismaLeakLens.${command}`, itemOf(document, finding));
				const changed = await openFile(FILE);
				assert.match(changed.getText(), text);
				await until("the finding goes away", () => left(changed) === 0 || undefined);
				await vscode.commands.executeCommand("undo");
				assert.equal(changed.getText(), before);
			} finally {
				await revert(await openFile(FILE));
			}
		});
	}
});
