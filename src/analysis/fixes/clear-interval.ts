import { ts } from "ts-morph";
import type { Finding } from "../../protocol/index.js";
import { type Edit, fileEdit } from "./edits.js";
import { findingAt, spanOf } from "./finding-place.js";
import { type OwnedInterval, ownedInterval } from "./interval-owner.js";
import type { FixContext, FixKind, Repair } from "./kind.js";
import { lineStart } from "./lines.js";
import { expressionAt } from "./nodes.js";
import { indentAt } from "./object-literal.js";
import type { Source } from "./source.js";
import { startIntervalOnce } from "./start-interval-once.js";
import { type Style, styleOf } from "./style.js";
import { Refusal } from "./types.js";

/** Clears an interval in the method that ends its owner's work, and before it is started again; without an owner, starts one for all. */
export const clearInterval: FixKind = {
	plan(finding, context) {
		const { file } = finding;
		const source = context.source(file);
		const callee = expressionAt(source.tree, spanOf(finding, source.text));
		const call = callee?.parent;
		if (!call || !ts.isCallExpression(call)) throw new Refusal("No interval is started at this place any more.");
		const interval = ownedInterval(call);
		if (!interval || (!interval.cleanup && outlivesOwner(finding, context))) return startIntervalOnce(source, call, context);
		return clearOwned(source, interval, context);
	},
};

function clearOwned(source: Source, interval: OwnedInterval, { model }: FixContext): Repair {
	const { cleanup, field } = interval;
	const style = styleOf(source, model.workspace.packageOf(source.path));
	return {
		title: cleanup ? `Clear the interval in ${cleanup.name.getText()}` : "Clear the interval before it is started again",
		changes: [
			fileEdit(source.path, source.text, [
				...(interval.canRunAgain ? [clearBefore(source, style, interval)] : []),
				...(interval.isKept ? [] : keepHandle(source, style, interval)),
				...(cleanup?.body ? [firstIn(source, style, cleanup, cleanup.body, `clearInterval(this.${field})`)] : []),
			]),
		],
		notes: cleanup ? [`${cleanup.name.getText()} must be called when the instance is done.`] : [],
	};
}

/** Whether each of many owners starts one, so that clearing the one before is not enough. */
function outlivesOwner(finding: Finding, { model }: FixContext): boolean {
	const { file } = finding;
	const calls = model.linker.facts(file)?.calls ?? [];
	const index = calls.findIndex(({ calleeSpan }) => findingAt(finding, { file, span: calleeSpan }, model));
	const call = calls[index];
	const runs = call && model.runs.siteRuns({ file, kind: "call", index, function: call.function });
	return runs?.k === "many" && runs.cause !== "per loop turn";
}

function keepHandle(source: Source, { indent, newLine, semicolon }: Style, { owner, field, statement }: OwnedInterval): Edit[] {
	const assign: Edit = { start: statement.getStart(), end: statement.getStart(), text: `this.${field} = ` };
	const [first] = owner.members;
	if (!source.isTypeScript || !first) return [assign];
	const lead = `${newLine}${indentAt(source.text, owner.getStart())}${indent}`;
	const at = first.getFullStart();
	return [{ start: at, end: at, text: `${lead}private ${field}: ReturnType<typeof setInterval> | undefined${semicolon}` }, assign];
}

function firstIn(source: Source, { indent, newLine, semicolon }: Style, method: ts.MethodDeclaration, body: ts.Block, code: string): Edit {
	const open = body.getStart(source.tree) + 1;
	const isMultiLine = body.getText().includes("\n");
	const lead = `${newLine}${indentAt(source.text, method.getStart())}`;
	if (isMultiLine) return { start: open, end: open, text: `${lead}${indent}${code}${semicolon}` };
	if (body.statements.length > 0) return { start: open, end: open, text: ` ${code};` };
	return { start: body.getStart(source.tree), end: body.end, text: `{${lead}${indent}${code}${semicolon}${lead}}` };
}

function clearBefore({ text }: Source, { newLine, semicolon }: Style, { statement, field }: OwnedInterval): Edit {
	const start = statement.getStart();
	const isAlone = text.slice(lineStart(text, start), start).trim() === "";
	const code = isAlone ? `clearInterval(this.${field})${semicolon}${newLine}${indentAt(text, start)}` : `clearInterval(this.${field}); `;
	return { start, end: start, text: code };
}
