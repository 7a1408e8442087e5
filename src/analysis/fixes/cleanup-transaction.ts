import { ts } from "ts-morph";
import { headSpan } from "../rules/places.js";
import { type Edit, fileEdit } from "./edits.js";
import { findingAt } from "./finding-place.js";
import type { FixContext, FixKind } from "./kind.js";
import { ancestor, bare, expressionAt } from "./nodes.js";
import { indentAt, numberText } from "./object-literal.js";
import type { Source } from "./source.js";
import { styleOf } from "./style.js";
import { recommendedLimits } from "./transaction-limits.js";
import { Refusal } from "./types.js";

/** Gives a wrapper's transaction limits and, where its class has a method that cleans up, calls that when the transaction fails. */
export const cleanupTransaction: FixKind = {
	plan(finding, context) {
		const { model } = context;
		const call = (model.linker.facts(finding.file)?.calls ?? []).find((fact) =>
			findingAt(finding, { file: finding.file, span: headSpan(fact) }, model),
		);
		const source = context.source(finding.file);
		const node = call && expressionAt(source.tree, call.span);
		if (!node || !ts.isCallExpression(node)) throw new Refusal("No wrapper opens a transaction at this place any more.");
		const cleanup = cleanupFor(node);
		return {
			title: cleanup ? "Limit the transaction and clean up when it fails" : "Limit the transaction's wait and time",
			changes: [
				fileEdit(finding.file, source.text, [withLimits(source, node, context), ...(cleanup ? withCleanup(source, cleanup, context) : [])]),
			],
			notes: [],
		};
	},
};

function withLimits(source: Source, call: ts.CallExpression, { model }: FixContext): Edit {
	const [callback] = call.arguments;
	if (!callback) throw new Refusal("The transaction has no callback any more.");
	const { maxWait, timeout } = recommendedLimits(model.settings.profile);
	const number = (value: number): string => numberText(value, source.text);
	return { start: callback.end, end: callback.end, text: `, { maxWait: ${number(maxWait)}, timeout: ${number(timeout)} }` };
}

interface Cleanup {
	readonly statement: ts.ReturnStatement;
	readonly call: ts.CallExpression;
	/** `forceCleanup` */
	readonly method: string;
}

/** `return this.client.$transaction(callback)` in an async method of a class that has a way to clean up. */
function cleanupFor(call: ts.CallExpression): Cleanup | null {
	const statement = ancestor(call, ts.isReturnStatement);
	const method = ancestor(call, ts.isFunctionLike);
	if (!statement?.expression || !method || !ts.isMethodDeclaration(method) || !ts.isClassLike(method.parent)) return null;
	const returned = bare(statement.expression);
	const isOwn = (ts.isAwaitExpression(returned) ? bare(returned.expression) : returned) === call && ts.isBlock(statement.parent);
	const modifiers = ts.getModifiers(method)?.map(({ kind }) => kind) ?? [];
	if (!isOwn || !modifiers.includes(ts.SyntaxKind.AsyncKeyword) || modifiers.includes(ts.SyntaxKind.StaticKeyword)) return null;
	const cleaner = method.parent.members.find((member) => ts.isMethodDeclaration(member) && member !== method && cleansUp(member, call));
	return cleaner?.name ? { statement, call, method: cleaner.name.getText() } : null;
}

/** A method that says so, and that does something with the client of the transaction. */
function cleansUp(method: ts.MethodDeclaration, call: ts.CallExpression): boolean {
	const client = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression.getText() : null;
	const isCallable = method.parameters.length === 0 && /clean_?up/i.test(method.name.getText());
	return isCallable && client !== null && (method.body?.getText().includes(client) ?? false);
}

function withCleanup(source: Source, { statement, call, method }: Cleanup, { model }: FixContext): Edit[] {
	const { text, tree } = source;
	const { indent, newLine, semicolon } = styleOf(source, model.workspace.packageOf(source.path));
	const start = statement.getStart(tree);
	const outer = indentAt(text, start);
	const line = (depth: number, code: string): string => `${newLine}${outer}${indent.repeat(depth)}${code}`;
	const head = text.slice(start, call.getStart(tree));
	if (text.slice(start, statement.end).includes("\n"))
		throw new Refusal("The transaction is written over several lines, which a machine does not wrap well.");
	return [
		{ start, end: call.getStart(tree), text: `try {${line(1, /\bawait\b/.test(head) ? head : `${head}await `)}` },
		{
			start: statement.end,
			end: statement.end,
			text: `${line(0, "} catch (error) {")}${line(1, `await this.${method}()${semicolon}`)}${line(1, `throw error${semicolon}`)}${line(0, "}")}`,
		},
	];
}
