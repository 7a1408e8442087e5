import type { FileChange } from "../../protocol/index.js";
import { durationText } from "../rules/duration-text.js";
import type { Limit } from "../summaries/transaction-limits.js";
import { fileEdit } from "./edits.js";
import { findingAt } from "./finding-place.js";
import type { FixContext, FixKind } from "./kind.js";
import { expressionAt } from "./nodes.js";
import { numberText } from "./object-literal.js";
import { Rewrite } from "./rewrite.js";
import { styleOf } from "./style.js";
import { recommendedLimits } from "./transaction-limits.js";
import { Refusal } from "./types.js";
import { removeUnused } from "./unused.js";
import { isUsedElsewhere, rewriteNumber } from "./written-number.js";

/** Shortens a transaction's `maxWait` or `timeout`: where the number is written, or in the option when other code uses that number too. */
export const setTransactionTimeout: FixKind = {
	plan(finding, context) {
		const { model } = context;
		const limit = model.limitsIn(finding.file).find(({ file, span }) => findingAt(finding, { file, span }, model));
		if (!limit) throw new Refusal("No transaction takes a limit from this place any more.");
		const milliseconds = recommendedLimits(model.settings.profile)[limit.name];
		const { environment } = limit.longest;
		return {
			title: `Reduce transaction ${limit.name} to ${durationText(milliseconds)}`,
			changes: [rewritten(limit, milliseconds, context)],
			notes: environment === null ? [] : [`${environment} still takes precedence where it is set.`],
		};
	},
};

function rewritten({ name, file, span, longest }: Limit, milliseconds: number, context: FixContext): FileChange {
	const written = { file: longest.file, span: { start: longest.start, end: longest.end } };
	if (!isUsedElsewhere(context, written)) return rewriteNumber(context, written, name, milliseconds);
	const source = context.source(file);
	const value = expressionAt(source.tree, span);
	// `{ timeout }` has no value of its own to replace.
	if (!value || longest.environment !== null) return rewriteNumber(context, written, name, milliseconds);
	const rewrite = new Rewrite(source, styleOf(source, context.model.workspace.packageOf(file)));
	rewrite.replace(value, numberText(milliseconds, source.text));
	removeUnused(source, rewrite, [value]);
	return fileEdit(file, source.text, rewrite.edits());
}
