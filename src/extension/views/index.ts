import * as vscode from "vscode";
import { pickFilter } from "./filter-picker.js";
import { fixNode, suppressNode } from "./leak-actions.js";
import { NO_FILTER } from "./leak-filter.js";
import type { GroupNode, LeakNode } from "./leak-tree.js";
import { LEAKS_VIEW, LeaksView } from "./leaks-view.js";

/** Opens the tree of all leaks. */
export const SHOW_LEAKS = "prismaLeakLens.showLeaks";

/** What runs a command of the view, and tells when it fails. */
export type RegisterCommand = (id: string, run: (argument: unknown) => unknown) => vscode.Disposable;

/** The tree and its commands. */
export function registerLeaksView(view: LeaksView, register: RegisterCommand): vscode.Disposable {
	return vscode.Disposable.from(
		register(SHOW_LEAKS, () => vscode.commands.executeCommand(`${LEAKS_VIEW}.focus`)),
		register("prismaLeakLens.filterLeaks", () => pickFilter(view.filter, (filter) => view.setFilter(filter))),
		register("prismaLeakLens.clearLeakFilter", () => view.setFilter(NO_FILTER)),
		register("prismaLeakLens.fixLeak", (node) => (isTreeNode(node) ? fixNode(node) : undefined)),
		register("prismaLeakLens.suppressLeak", (node) => (isTreeNode(node) && node.kind === "leak" ? suppressNode(node) : undefined)),
	);
}

export { unfoundSites } from "./unfound-sites.js";
export { LeaksView };

/** The rule that a command of the tree speaks of; what the command was given otherwise. */
export function ruleOfNode(asked: unknown): unknown {
	if (!isTreeNode(asked)) return asked;
	return asked.kind === "leak" ? asked.leak.rule : asked.leaks[0]?.rule;
}

/** VS Code hands a command of the tree the node it was chosen on; from elsewhere it gets anything. */
function isTreeNode(value: unknown): value is GroupNode | LeakNode {
	return typeof value === "object" && value !== null && "kind" in value && ("leak" in value || "leaks" in value);
}
