import { ts } from "ts-morph";
import type { Finding } from "../../protocol/index.js";
import { happeningsIn, txName } from "../rules/transaction-places.js";
import type { Happening } from "../summaries/transaction-reach.js";
import type { Transaction } from "../summaries/transactions.js";
import { fileEdit } from "./edits.js";
import { findingAt } from "./finding-place.js";
import { clientParameter } from "./helper-parameter.js";
import type { FixContext, FixKind } from "./kind.js";
import { bare, expressionAt, isPure } from "./nodes.js";
import type { Source } from "./source.js";
import { Refusal } from "./types.js";

/** Lets a query of a transaction run on the transaction's client, or hands that on to the helper that makes the query. */
export const useTxClient: FixKind = {
	plan(finding, context) {
		const { file } = finding;
		const { transaction, happening } = happeningAt(finding, context);
		const tx = txName(context.model, transaction);
		if (tx === null)
			throw new Refusal("This transaction's function does not take the transaction's client. Take it as its parameter first.");
		const source = context.source(file);
		const callee = expressionAt(source.tree, happening.place.span);
		if (!callee) throw new Refusal("No query runs at this place any more.");
		requireInScope(source, tx, callee, transaction, context);
		const edit = happening.inside ? passOn(callee, tx, file, context) : replaceClient(callee, tx, transaction, context);
		return {
			title: happening.inside ? `Pass ${tx} on to ${callee.getText()}` : `Use ${tx} instead of the outer client`,
			changes: [fileEdit(file, source.text, [edit])],
			notes: [],
		};
	},
};

interface HappeningAt {
	readonly transaction: Transaction;
	readonly happening: Happening;
}

function happeningAt(finding: Finding, { model }: FixContext): HappeningAt {
	// The call that opens the transaction may stand in another file than its function.
	const files = new Set([finding.file, ...finding.related.map(({ file }) => file)]);
	for (const file of files) {
		const found = happeningsIn(model, file).find(
			({ happening }) => happening.what.k === "outer" && findingAt(finding, happening.place, model),
		);
		if (found) return found;
	}
	throw new Refusal("No query runs outside the transaction at this place any more.");
}

/** The name must mean the transaction's client there, not another variable of that name. */
function requireInScope(source: Source, tx: string, at: ts.Node, { body }: Transaction, { model }: FixContext): void {
	const declaration = source.lookUp(tx, at);
	const span = model.linker.facts(body.file)?.functions[body.id]?.span;
	const owner = declaration?.parent;
	const isOwn =
		body.file === source.path && span !== undefined && declaration !== undefined && ts.isParameter(declaration) && owner?.end === span.end;
	if (!isOwn) throw new Refusal(`Here ${tx} is not the transaction's client. Hand the client on to this place first.`);
}

/** `prisma.user.findMany()` and `prisma.$queryRaw` on the client that also opened the transaction: what it can do, the transaction's client can. */
function replaceClient(callee: ts.Expression, tx: string, transaction: Transaction, context: FixContext) {
	const client = clientOf(callee);
	if (client.getText() !== openerText(transaction, context))
		throw new Refusal("This query runs on another client than the one that opened the transaction. Choose one of them first.");
	return { start: client.getStart(), end: client.end, text: tx };
}

const RAW = /^\$(queryRaw|executeRaw)(Unsafe|Typed)?$/;

function clientOf(callee: ts.Expression): ts.Expression {
	if (!ts.isPropertyAccessExpression(callee)) throw new Refusal("This query is not written as a call on the client.");
	const { name } = callee;
	if (name.text === "$transaction")
		throw new Refusal("A transaction inside another: run the inner work on the outer transaction's client.");
	if (name.text.startsWith("$") && !RAW.test(name.text)) throw new Refusal(`The transaction's client has no ${name.text}.`);
	const model = bare(callee.expression);
	const client = name.text.startsWith("$") ? model : ts.isPropertyAccessExpression(model) ? bare(model.expression) : null;
	if (!client || !isPure(client))
		throw new Refusal("What this query runs on is not a plain name. Use the transaction's client there yourself.");
	return client;
}

/** `prisma` of the `prisma.$transaction(…)` that opened it; null behind a wrapper. */
function openerText({ file, call, receiver }: Transaction, context: FixContext): string | null {
	const span = receiver ? context.model.linker.facts(file)?.calls[call]?.span : undefined;
	const opening = span && expressionAt(context.source(file).tree, span);
	if (!opening || !ts.isCallExpression(opening) || !ts.isPropertyAccessExpression(opening.expression)) return null;
	return bare(opening.expression.expression).getText();
}

function passOn(callee: ts.Expression, tx: string, file: string, context: FixContext) {
	const call = callee.parent;
	if (!ts.isCallExpression(call) || call.expression !== callee || call.arguments.some(ts.isSpreadElement))
		throw new Refusal("The arguments of this call are not written here.");
	const index = clientParameter(call, file, context);
	if (index !== call.arguments.length)
		throw new Refusal("Other arguments come before the client that this function takes. Give it those first.");
	const last = call.arguments.at(-1);
	if (last) return { start: last.end, end: last.end, text: `, ${tx}` };
	return { start: call.end - 1, end: call.end - 1, text: tx };
}
