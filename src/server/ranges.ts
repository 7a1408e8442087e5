import type { Range } from "vscode-languageserver/node";
import type { TextRange } from "../protocol/index.js";

/** The protocol counts from 0, findings from 1; both count UTF-16 code units. */
export function toRange(range: TextRange): Range {
	return {
		start: { line: range.line - 1, character: range.column - 1 },
		end: { line: range.endLine - 1, character: range.endColumn - 1 },
	};
}

/** Whether two ranges share a position; touching ends count, so that a cursor right behind a finding is on it. */
export function touches(a: Range, b: Range): boolean {
	return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
	return a.line < b.line || (a.line === b.line && a.character < b.character);
}
