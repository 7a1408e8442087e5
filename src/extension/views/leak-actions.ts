import * as vscode from "vscode";
import { CODE_ACTION_KINDS, type FixAllParams } from "../../protocol/index.js";
import { toRange } from "../ranges.js";
import type { Leak } from "./leak.js";
import type { GroupNode, LeakNode } from "./leak-tree.js";
import { uriOf } from "./tree-items.js";

/** Fixes a leak as the light bulb would, or all leaks of a group, once a person has agreed. */
export async function fixNode(node: GroupNode | LeakNode): Promise<void> {
	if (node.kind !== "leak") await vscode.commands.executeCommand("prismaLeakLens.fixAllOfRule", selectionOf(node));
	else await applyAction(node.leak, CODE_ACTION_KINDS.fix);
}

/** Puts the comment above a leak's line that silences its rule there. */
export async function suppressNode({ leak }: LeakNode): Promise<void> {
	await applyAction(leak, CODE_ACTION_KINDS.suppress);
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

/** Opens the place and makes a change of that kind, the preferred one first; shows the light bulb's menu, with its reasons, where there is none. */
async function applyAction(leak: Leak, kind: string): Promise<void> {
	const document = await vscode.workspace.openTextDocument(uriOf(leak));
	const range = toRange(leak);
	await vscode.window.showTextDocument(document, { selection: new vscode.Range(range.start, range.start) });
	const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
		"vscode.executeCodeActionProvider",
		document.uri,
		range,
		`${kind}.${leak.rule}`,
	);
	const action = actions.find(({ isPreferred }) => isPreferred === true) ?? actions[0];
	if (action?.edit === undefined) {
		await vscode.commands.executeCommand("editor.action.quickFix");
		return;
	}
	await vscode.workspace.applyEdit(action.edit);
	if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}
