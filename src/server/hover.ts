import { type Hover, MarkupKind, type Position } from "vscode-languageserver/node";
import type { PoolHint, TextRange } from "../protocol/index.js";
import { toRange, touches } from "./ranges.js";

/** What there is to say at a position: of the smallest thing that lies there. */
export function hover(hints: readonly PoolHint[], position: Position): Hover | null {
	const at = { start: position, end: position };
	const [smallest] = hints.filter(({ subject }) => touches(toRange(subject), at)).sort((a, b) => compareSize(a.subject, b.subject));
	return smallest === undefined
		? null
		: { range: toRange(smallest.subject), contents: { kind: MarkupKind.Markdown, value: smallest.tooltip } };
}

function compareSize(a: TextRange, b: TextRange): number {
	return a.endLine - a.line - (b.endLine - b.line) || a.endColumn - a.column - (b.endColumn - b.column);
}
