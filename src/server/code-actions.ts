import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic, type WorkspaceEdit } from "vscode-languageserver/node";
import type { FixSelection } from "../analysis/index.js";
import { CODE_ACTION_KINDS, type FileChange, type Finding, type FixOutcome } from "../protocol/index.js";
import type { Folder } from "./folder.js";
import { toRange, touches } from "./ranges.js";
import { toWorkspaceEdit } from "./workspace-edit.js";

export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.prismaLeakLens`;

/** Command of the server that shows what to know about a fix that was just made; its arguments are sentences. */
export const SHOW_NOTES_COMMAND = "prismaLeakLens.showFixNotes";

/** Quick-fixes of the findings at a place and, when the editor asks for source actions, one that fixes the whole file. */
export function codeActions(folder: Folder, file: string, { range, context }: CodeActionParams): CodeAction[] {
	const { only, diagnostics: reported } = context;
	const findings = folder.analysis.findings(file);
	const touched = findings.filter((finding) => touches(toRange(finding), range));
	const actions: CodeAction[] = [];
	for (const finding of touched) {
		const kind = `${CODE_ACTION_KINDS.fix}.${finding.rule}`;
		if (concerns(only, kind)) actions.push(...toActions(folder, folder.analysis.fixes(finding), { kind, finding, reported }));
	}
	if (wants(only, CodeActionKind.QuickFix)) {
		for (const rule of new Set(touched.map((finding) => finding.rule))) {
			const action = isRepeated(rule, findings) ? fixFile(folder, file, { rule }) : null;
			if (action !== null) actions.push({ ...action, title: `Fix all: ${rule} in this file`, kind: CodeActionKind.QuickFix });
		}
	}
	// The comments that silence a finding come after all that repairs something.
	for (const finding of touched) {
		const kind = `${CODE_ACTION_KINDS.suppress}.${finding.rule}`;
		if (concerns(only, kind)) actions.push(...toActions(folder, folder.analysis.suppressions(finding), { kind, finding, reported }));
	}
	if (only !== undefined && wants(only, FIX_ALL_KIND)) {
		const action = fixFile(folder, file, {});
		if (action !== null) actions.push({ ...action, title: "Fix all Prisma leaks in this file", kind: FIX_ALL_KIND });
	}
	return actions.filter(({ kind }) => kind !== undefined && wants(only, kind));
}

/** Whether an editor wants actions of that kind: it asks for some, or for all. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
	return only === undefined || only.some((asked) => isWithin(kind, asked));
}

/** Whether an editor wants actions of that kind or of one within it. */
function concerns(only: readonly string[] | undefined, kind: string): boolean {
	return wants(only, kind) || (only ?? []).some((asked) => isWithin(asked, kind));
}

/** `source.fixAll.prismaLeakLens` is a kind of `source`. */
function isWithin(kind: string, outer: string): boolean {
	return outer === "" || kind === outer || kind.startsWith(`${outer}.`);
}

interface Offer {
	/** The actions' kind, without the fix that ends it. */
	readonly kind: string;
	readonly finding: Finding;
	readonly reported: readonly Diagnostic[];
}

function toActions(folder: Folder, outcomes: readonly FixOutcome[], { kind, finding, reported }: Offer): CodeAction[] {
	const diagnostics = reported.filter((diagnostic) => isSame(diagnostic, finding));
	return outcomes.map((outcome): CodeAction => {
		if (outcome.kind === "refused") {
			const { id, reason } = outcome;
			return { title: nameOf(id), kind: `${kind}.${id}`, diagnostics, disabled: { reason } };
		}
		const { fix } = outcome;
		return {
			title: fix.title,
			kind: `${kind}.${fix.id}`,
			diagnostics,
			isPreferred: fix.preferred,
			edit: editOf(folder, fix.changes),
			...notesOf(fix.notes),
		};
	});
}

/** Nobody needs an action for all of one. */
function isRepeated(rule: string, findings: readonly Finding[]): boolean {
	return findings.filter((finding) => finding.rule === rule && finding.fixes.length > 0).length > 1;
}

function fixFile(folder: Folder, file: string, selection: FixSelection): Pick<CodeAction, "edit" | "command"> | null {
	const { outcome } = folder.analysis.fixAll(selection, { kind: "file", file });
	if (outcome.kind === "refused") return null;
	return { edit: editOf(folder, outcome.fix.changes), ...notesOf(outcome.fix.notes) };
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
