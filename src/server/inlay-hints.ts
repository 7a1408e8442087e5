import { type InlayHint, MarkupKind, type Range } from "vscode-languageserver/node";
import { isShape, isString, type PoolHint } from "../protocol/index.js";

/** What a hint is sent with when its tooltip is to be asked for. */
export const isHintData = isShape<{ uri: string }>({ uri: isString });

/**
 * Hints with a label on the lines of `range`, in the document `uri`.
 * @param isResolved whether the editor asks for a tooltip once it shows it: with all of them, an answer is ten times as long
 */
export function inlayHints(hints: readonly PoolHint[], range: Range, uri: string, isResolved: boolean): InlayHint[] {
	return hints.flatMap((hint): InlayHint[] => {
		const { line, column, label } = hint;
		if (label === null || line - 1 < range.start.line || line - 1 > range.end.line) return [];
		const shown = { position: { line: line - 1, character: column - 1 }, label, paddingLeft: true };
		return [isResolved ? { ...shown, data: { uri } } : withTooltip(shown, hint)];
	});
}

/** A hint that was sent without its tooltip, with it; as it is where an edit has moved or changed it meanwhile. */
export function resolvedHint(shown: InlayHint, hints: readonly PoolHint[]): InlayHint {
	const { position, label } = shown;
	const found = hints.find((hint) => hint.line - 1 === position.line && hint.column - 1 === position.character && hint.label === label);
	return found === undefined ? shown : withTooltip(shown, found);
}

function withTooltip(shown: InlayHint, { tooltip }: PoolHint): InlayHint {
	return { ...shown, tooltip: { kind: MarkupKind.Markdown, value: tooltip } };
}
