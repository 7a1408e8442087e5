import type { TextRange } from "../../protocol/index.js";
import type { Span } from "../facts/index.js";
import { positionAt } from "../workspace/index.js";

/** Lines and columns, from 1, of offsets in a text. */
export function rangeOf(lineStarts: readonly number[], span: Span): TextRange {
	const start = positionAt(lineStarts, span.start);
	const end = positionAt(lineStarts, span.end);
	return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
