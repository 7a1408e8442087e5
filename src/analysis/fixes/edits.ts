import type { FileChange } from "../../protocol/index.js";
import { lineStartsOf, positionAt } from "../workspace/index.js";
import { Refusal } from "./types.js";

export interface Edit {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/** Sorts edits and drops those inside a larger one; an insertion at the start of a replaced range stays, before it. Throws a `Refusal` when two overlap. */
export function combine(edits: readonly Edit[]): Edit[] {
	const isInsertion = (edit: Edit): number => (edit.start === edit.end ? 0 : 1);
	const sorted = [...edits].sort((a, b) => a.start - b.start || isInsertion(a) - isInsertion(b) || b.end - a.end);
	const combined: Edit[] = [];
	for (const edit of sorted) {
		const last = combined.at(-1);
		if (last && edit.end <= last.end && edit.start < last.end) continue;
		if (last && edit.start < last.end) throw new Refusal("What would change here overlaps, so a person should make the change.");
		combined.push(edit);
	}
	return combined;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
	let result = "";
	let at = 0;
	for (const edit of edits) {
		result += text.slice(at, edit.start) + edit.text;
		at = edit.end;
	}
	return result + text.slice(at);
}

/** Edits of a file's text, as every view takes them. Throws a `Refusal` when two overlap. */
export function fileEdit(file: string, text: string, edits: readonly Edit[]): FileChange {
	const lineStarts = lineStartsOf(text);
	const changes = combine(edits).map((edit) => {
		const start = positionAt(lineStarts, edit.start);
		const end = positionAt(lineStarts, edit.end);
		return { range: { line: start.line, column: start.column, endLine: end.line, endColumn: end.column }, newText: edit.text };
	});
	return { kind: "edit", file, changes };
}
