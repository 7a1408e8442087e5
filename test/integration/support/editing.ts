import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../../src/extension/activate.js";

const TIMEOUT_MS = 50_000;
const EXTENSION = "prisma-leak-lens.prisma-leak-lens";

export function extension(): vscode.Extension<ExtensionApi> {
	const found = vscode.extensions.getExtension<ExtensionApi>(EXTENSION);
	if (!found) throw new Error(`${EXTENSION} is not installed.`);
	return found;
}

/** Asks `probe` until it gives a value other than undefined. */
export async function until<T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + TIMEOUT_MS;
	while (Date.now() < deadline) {
		const value = await probe();
		if (value !== undefined) return value;
		await sleep(100);
	}
	throw new Error(`Waited ${TIMEOUT_MS / 1000} s, but not: ${what}.`);
}

/** Opens a file of the workspace in an editor. */
export async function openFile(path: string): Promise<vscode.TextDocument> {
	const folder = vscode.workspace.workspaceFolders?.[0];
	if (!folder) throw new Error("The suite runs without a workspace.");
	const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, path));
	await vscode.window.showTextDocument(document);
	return document;
}

/** The diagnostics of a rule in `document`, waiting for the first one. */
export function findings(document: vscode.TextDocument, rule: string): Promise<readonly vscode.Diagnostic[]> {
	return until(`${rule} in ${document.fileName}`, () => {
		const found = vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => ruleOf(diagnostic) === rule);
		return found.length > 0 ? found : undefined;
	});
}

/** A rule's id: the diagnostic's code, which also opens the rule's page. */
export function ruleOf(diagnostic: vscode.Diagnostic): string | undefined {
	return typeof diagnostic.code === "object" ? String(diagnostic.code.value) : undefined;
}

/** The quick-fixes offered where `diagnostic` is, complete with their edits. */
export async function quickFixes(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): Promise<readonly vscode.CodeAction[]> {
	return vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
		"vscode.executeCodeActionProvider",
		document.uri,
		diagnostic.range,
		vscode.CodeActionKind.QuickFix.value,
		20,
	);
}

/** Leaves the document as it is on disk. */
export async function revert(document: vscode.TextDocument): Promise<void> {
	await vscode.window.showTextDocument(document);
	await vscode.commands.executeCommand("workbench.action.files.revert");
}

export function hintText(hint: vscode.InlayHint): string {
	return typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join("");
}
