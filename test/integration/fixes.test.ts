import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { FIX_KINDS, SUPPRESSIONS } from "../../src/analysis/fixes/index.js";
import { CODE_ACTION_KINDS } from "../../src/protocol/index.js";
import { openFile, revert, ruleOf, until } from "./support/editing.js";
import { FIX_ROWS } from "./support/fix-table.js";
import { removeFixtures, writeFixture } from "./support/fixture-packages.js";

interface Offered {
	readonly diagnostic: vscode.Diagnostic;
	readonly action: vscode.CodeAction;
}

/** The first action of a fix on any finding of the document, as the light bulb gets it. */
async function offered(document: vscode.TextDocument, fix: string): Promise<Offered | undefined> {
	for (const diagnostic of vscode.languages.getDiagnostics(document.uri)) {
		const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
			"vscode.executeCodeActionProvider",
			document.uri,
			diagnostic.range,
			vscode.CodeActionKind.QuickFix.value,
		);
		const action = actions.find(({ kind }) => kind !== undefined && isOf(kind.value, fix));
		if (action !== undefined) return { diagnostic, action };
	}
	return undefined;
}

function isOf(kind: string, fix: string): boolean {
	const within = kind.startsWith(`${CODE_ACTION_KINDS.fix}.`) || kind.startsWith(`${CODE_ACTION_KINDS.suppress}.`);
	return within && kind.endsWith(`.${fix}`);
}

/** What the editor does when a person picks an action. */
async function pick({ edit, command }: vscode.CodeAction): Promise<void> {
	assert.ok(edit);
	assert.ok(await vscode.workspace.applyEdit(edit));
	if (command) await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

describe("each fix, through the editor's code actions", () => {
	before(async () => {
		for (const { fixture } of FIX_ROWS) await writeFixture(fixture);
		await vscode.commands.executeCommand("prismaLeakLens.checkWorkspace");
	});

	after(removeFixtures);

	it("has a row in the table, and no row is of none", () => {
		assert.deepEqual(FIX_ROWS.map(({ fix }) => fix).sort(), [...Object.keys(FIX_KINDS), ...Object.keys(SUPPRESSIONS)].sort());
	});

	for (const { fix, fixture, expected } of FIX_ROWS) {
		it(`${fix} changes the text as its fixture says, mends the finding, and is undone in one step`, async () => {
			const { path, before, after } = await writeFixture(fixture);
			const document = await openFile(path);
			try {
				const { diagnostic, action } = await until(`${fix} on a finding of ${path}`, () => offered(document, fix));
				const rule = ruleOf(diagnostic) ?? "";
				const count = () => vscode.languages.getDiagnostics(document.uri).filter((one) => ruleOf(one) === rule).length;
				const found = count();
				await pick(action);
				assert.equal(document.getText(), expected?.(before, rule) ?? after);
				await until("the finding goes away", () => count() < found || undefined);
				await vscode.commands.executeCommand("undo");
				assert.equal(document.getText(), before);
				await until("the finding comes back", () => count() === found || undefined);
			} finally {
				await revert(document);
			}
		});
	}
});
