import * as vscode from "vscode";
import type { FixAllParams } from "../../protocol/index.js";
import { toRange } from "../ranges.js";
import type { Leak } from "./leak.js";
import type { GroupNode, LeakNode } from "./leak-tree.js";
import { uriOf } from "./tree-items.js";

const SOURCE = "Prisma Leak Lens";

/** Fixes a leak as the light bulb would, or all leaks of a group with a preview. */
export async function fixNode(node: GroupNode | LeakNode): Promise<void> {
	if (node.kind !== "leak") await vscode.commands.executeCommand("prismaLeakLens.fixAllOfRule", selectionOf(node));
	else await applyAction(node.leak, (action) => action.isPreferred === true);
}

/** What "Fix all of a rule" is to fix: the findings of a group. */
export function selectionOf({ kind, leaks }: GroupNode): FixAllParams {
	const [first] = leaks;
	if (first === undefined) return {};
	const sameRule = leaks.every(({ rule }) => rule === first.rule) ? { rule: first.rule } : {};
	switch (kind) {
		case "file":
			return { ...sameRule, uri: uriOf(first).toString() };
		case "package":
			return { uri: vscode.Uri.joinPath(vscode.Uri.parse(first.folder), first.package).toString() };
		case "folder":
			return { uri: first.folder };
		default:
			return sameRule;
	}
}

/** Opens the place and makes the change that `isWanted`; shows the light bulb's menu, with its reasons, where there is none. */
async function applyAction(leak: Leak, isWanted: (action: vscode.CodeAction) => boolean): Promise<void> {
	const document = await vscode.workspace.openTextDocument(uriOf(leak));
	const range = toRange(leak);
	await vscode.window.showTextDocument(document, { selection: new vscode.Range(range.start, range.start) });
	const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
		"vscode.executeCodeActionProvider",
		document.uri,
		range,
		vscode.CodeActionKind.QuickFix.value,
	);
	const own = actions.filter((action) => action.diagnostics?.some((diagnostic) => isOf(diagnostic, leak)));
	const action = own.find(isWanted) ?? own[0];
	if (action?.edit === undefined) {
		await vscode.commands.executeCommand("editor.action.quickFix");
		return;
	}
	await vscode.workspace.applyEdit(action.edit);
	if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

function isOf({ source, code }: vscode.Diagnostic, { rule }: Leak): boolean {
	return source === SOURCE && (typeof code === "object" ? code.value : code) === rule;
}
