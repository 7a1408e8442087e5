import { applyEdits, combine, type Edit } from "./edits.js";

interface Range {
	readonly start: number;
	readonly end: number;
}

/**
 * Deletes statements so that no hole is left: whole lines where they stand alone, a comment that speaks of nothing else, and one
 * of two blank lines.
 */
export function deletions(text: string, statements: readonly Range[]): Edit[] {
	const runs = joined(statements.map((statement) => withLine(text, statement)));
	return runs.map((run) => ({ ...withoutHole(text, withComment(text, run)), text: "" }));
}

function joined(ranges: readonly Range[]): Range[] {
	const runs: Range[] = [];
	for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
		const last = runs.at(-1);
		if (last && range.start <= last.end) runs[runs.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
		else runs.push(range);
	}
	return runs;
}

/** Takes the line along when nothing but the statement and a trailing comment stands on it. */
function withLine(text: string, { start, end }: Range): Range {
	const before = text.slice(lineStart(text, start), start);
	const after = text.slice(end, lineEnd(text, end));
	if (before.trim() === "" && /^\s*(\/\/.*|\/\*[^*]*\*\/\s*)?$/.test(after))
		return { start: start - before.length, end: nextLine(text, end) };
	const spaces = /^[ \t]*/.exec(after)?.[0].length ?? 0;
	return { start, end: end + spaces };
}

/** A comment right above goes along when the statement was all it spoke of: a blank line or the block's end follows. */
function withComment(text: string, { start, end }: Range): Range {
	if (start !== lineStart(text, start) || !endsParagraph(text, end)) return { start, end };
	let top = start;
	while (top > 0) {
		const above = lineStart(text, top - 1);
		const line = text.slice(above, top).trim();
		if (!line.startsWith("//") || /eslint|biome|prettier|@ts-|istanbul|c8 |#region/.test(line)) break;
		top = above;
	}
	// A comment that opens the file speaks of the file.
	return top === 0 && start !== 0 ? { start, end } : { start: top, end };
}

function withoutHole(text: string, { start, end }: Range): Range {
	if (start !== lineStart(text, start)) return { start, end };
	const previous = start === 0 ? "" : text.slice(lineStart(text, start - 1), start).trim();
	const opens = start === 0 || previous === "" || /[{([]$/.test(previous);
	if (opens && isBlank(text, end)) {
		let last = end;
		while (isBlank(text, last)) last = nextLine(text, last);
		return { start, end: last };
	}
	if (previous === "" && start > 0 && /^\s*[})\]]/.test(text.slice(end, lineEnd(text, end)))) {
		let first = start;
		while (first > 0 && text.slice(lineStart(text, first - 1), first).trim() === "") first = lineStart(text, first - 1);
		return { start: first, end };
	}
	if (end >= text.length && previous === "" && start > 0) return { start: lineStart(text, start - 1), end };
	return { start, end };
}

function endsParagraph(text: string, at: number): boolean {
	return at >= text.length || isBlank(text, at) || /^\s*[})\]]/.test(text.slice(at, lineEnd(text, at)));
}

function isBlank(text: string, at: number): boolean {
	return at < text.length && text.slice(at, lineEnd(text, at)).trim() === "";
}

export function lineStart(text: string, at: number): number {
	return at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

export function lineEnd(text: string, at: number): number {
	const end = text.indexOf("\n", at);
	return end < 0 ? text.length : end;
}

export function nextLine(text: string, at: number): number {
	const end = text.indexOf("\n", at);
	return end < 0 ? text.length : end + 1;
}

/** A part of the text moved to the left margin, with edits inside it made. */
export function dedented(text: string, start: number, end: number, edits: readonly Edit[] = []): string {
	const indent = /^[ \t]*/.exec(text.slice(lineStart(text, start), start))?.[0] ?? "";
	const inside = edits.filter((edit) => start <= edit.start && edit.end <= end);
	const moved = inside.map((edit) => ({ start: edit.start - start, end: edit.end - start, text: edit.text }));
	return applyEdits(text.slice(start, end), combine(moved)).replaceAll(`\n${indent}`, "\n");
}
