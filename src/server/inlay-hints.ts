import { type InlayHint, MarkupKind, type Range } from "vscode-languageserver/node";
import type { PoolHint } from "../protocol/index.js";

export function inlayHints(hints: readonly PoolHint[], range: Range): InlayHint[] {
	return hints
		.filter(({ line }) => line - 1 >= range.start.line && line - 1 <= range.end.line)
		.map(({ line, column, label, tooltip }) => ({
			position: { line: line - 1, character: column - 1 },
			label,
			tooltip: { kind: MarkupKind.Markdown, value: tooltip },
			paddingLeft: true,
		}));
}
