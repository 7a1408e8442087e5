import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic, type WorkspaceEdit } from "vscode-languageserver/node";
import type { FileChange, Finding, Fix } from "../protocol/index.js";
import type { Folder } from "./folder.js";
import { mergeChanges } from "./merge-changes.js";
import { toRange, touches } from "./ranges.js";
import { toWorkspaceEdit } from "./workspace-edit.js";

export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.prismaLeakLens`;

/** Command of the server that shows what to know about a fix that was just made; its arguments are sentences. */
export const SHOW_NOTES_COMMAND = "prismaLeakLens.showFixNotes";

/** Quick-fixes of the findings at a place and, when the editor asks for source actions, one that fixes the whole file. */
export function codeActions(folder: Folder, file: string, { range, context }: CodeActionParams): CodeAction[] {
	const findings = folder.analysis.findings(file);
	const actions: CodeAction[] = [];
	if (context.only === undefined || asks(context.only, CodeActionKind.QuickFix)) {
		for (const finding of findings) {
			if (touches(toRange(finding), range)) actions.push(...quickFixes(folder, finding, context.diagnostics));
		}
	}
	if (context.only !== undefined && asks(context.only, FIX_ALL_KIND)) {
		const action = fixFile(folder, file, findings);
		if (action !== null) actions.push(action);
	}
	return actions;
}

/** An editor that asks for `source` wants `source.fixAll.prismaLeakLens` too. */
function asks(only: readonly string[], kind: string): boolean {
	return only.some((asked) => asked === "" || kind === asked || kind.startsWith(`${asked}.`));
}

function quickFixes(folder: Folder, finding: Finding, reported: readonly Diagnostic[]): CodeAction[] {
	const diagnostics = reported.filter((diagnostic) => isSame(diagnostic, finding));
	return folder.analysis.fixes(finding).map((outcome): CodeAction => {
		if (outcome.kind === "refused") {
			return { title: nameOf(outcome.id), kind: CodeActionKind.QuickFix, diagnostics, disabled: { reason: outcome.reason } };
		}
		const { fix } = outcome;
		return {
			title: fix.title,
			kind: CodeActionKind.QuickFix,
			diagnostics,
			isPreferred: fix.preferred,
			edit: editOf(folder, fix.changes),
			...notesOf(fix.notes),
		};
	});
}

function fixFile(folder: Folder, file: string, findings: readonly Finding[]): CodeAction | null {
	const fixes = preferredFixes(findings)
		.map((id) => folder.analysis.fixAll(id, { kind: "file", file }).outcome)
		.flatMap((outcome): Fix[] => (outcome.kind === "fix" ? [outcome.fix] : []));
	const changes = mergeChanges(fixes.map((fix) => fix.changes));
	if (changes.length === 0) return null;
	const notes = fixes.flatMap((fix) => fix.notes);
	return { title: "Fix all Prisma leaks in this file", kind: FIX_ALL_KIND, edit: editOf(folder, changes), ...notesOf(notes) };
}

function preferredFixes(findings: readonly Finding[]): readonly string[] {
	return [...new Set(findings.flatMap((finding) => finding.fixes.slice(0, 1)))];
}

function editOf(folder: Folder, changes: readonly FileChange[]): WorkspaceEdit {
	return toWorkspaceEdit(changes, (file) => folder.placeOf(file));
}

function notesOf(notes: readonly string[]): Pick<CodeAction, "command"> {
	const unique = [...new Set(notes)];
	return unique.length === 0 ? {} : { command: { title: "Show notes", command: SHOW_NOTES_COMMAND, arguments: unique } };
}

function isSame(diagnostic: Diagnostic, finding: Finding): boolean {
	const { start, end } = toRange(finding);
	return (
		diagnostic.code === finding.rule &&
		diagnostic.range.start.line === start.line &&
		diagnostic.range.start.character === start.character &&
		diagnostic.range.end.line === end.line &&
		diagnostic.range.end.character === end.character
	);
}

/** `use-singleton` reads "Use singleton". */
function nameOf(fixId: string): string {
	const words = fixId.replaceAll("-", " ");
	return words.charAt(0).toUpperCase() + words.slice(1);
}
