import type { Finding, TextRange } from "../../protocol/index.js";
import type { Span } from "../facts/types.js";
import { rangeOf } from "../rules/places.js";
import type { Model, Place } from "../rules/types.js";
import { lineStartsOf } from "../workspace/index.js";

/** Whether a finding stands at this place of the model. */
export function findingAt(finding: Finding, place: Place, { linker }: Model): boolean {
	if (place.file !== finding.file) return false;
	const { line, column, endLine, endColumn } = rangeOf(place, linker);
	return line === finding.line && column === finding.column && endLine === finding.endLine && endColumn === finding.endColumn;
}

/** Offsets of a range in a text. */
export function spanOf({ line, column, endLine, endColumn }: TextRange, text: string): Span {
	const lineStarts = lineStartsOf(text);
	const offset = (at: number, from: number): number => (lineStarts[at - 1] ?? text.length) + from - 1;
	return { start: offset(line, column), end: offset(endLine, endColumn) };
}
