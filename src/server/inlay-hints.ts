import { type InlayHint, MarkupKind, type Range } from "vscode-languageserver/node";
import type { PoolHint } from "../protocol/index.js";

/** Hints with a label on the lines of `range`. */
export function inlayHints(hints: readonly PoolHint[], range: Range): InlayHint[] {
	return hints.flatMap(({ line, column, label, tooltip }): InlayHint[] => {
		if (label === null || line - 1 < range.start.line || line - 1 > range.end.line) return [];
		const position = { line: line - 1, character: column - 1 };
		return [{ position, label, tooltip: { kind: MarkupKind.Markdown, value: tooltip }, paddingLeft: true }];
	});
}
