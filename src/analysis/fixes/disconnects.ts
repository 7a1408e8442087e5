import { ts } from "ts-morph";
import { type ClientPlace, mentionsOf } from "./client-place.js";
import { withoutCallback } from "./collapse.js";
import { poolsOf } from "./pools.js";
import type { Rewrite } from "./rewrite.js";
import type { Source } from "./source.js";
import { Refusal } from "./types.js";

/** Takes the `$disconnect()` of a replaced client away: it would close the shared one under everybody else. */
export function removeDisconnects(source: Source, place: ClientPlace, rewrite: Rewrite): void {
	for (const mention of mentionsOf(source, place.holder)) {
		const member = memberOf(mention);
		if (member?.name.text === "$disconnect") removeDisconnect(source, place, member, rewrite);
	}
	for (const pool of poolsOf(source, place)) {
		for (const end of pool.ends) removeCall(end, rewrite);
	}
}

/** `prisma.$disconnect`, `prisma?.$disconnect`, `prisma!.$disconnect` */
export function memberOf(mention: ts.Expression): ts.PropertyAccessExpression | null {
	let inner: ts.Node = mention;
	while (ts.isNonNullExpression(inner.parent) || ts.isParenthesizedExpression(inner.parent) || ts.isAsExpression(inner.parent))
		inner = inner.parent;
	return ts.isPropertyAccessExpression(inner.parent) && inner.parent.expression === inner ? inner.parent : null;
}

function removeDisconnect(source: Source, place: ClientPlace, member: ts.PropertyAccessExpression, rewrite: Rewrite): void {
	const line = source.lineOf(member.getStart());
	if (place.holder.kind === "parameter") {
		throw new Refusal(`Line ${line} closes the client it was given, which by default would be the shared one.`);
	}
	if (!ts.isCallExpression(member.parent) || member.parent.expression !== member) {
		throw new Refusal(`Line ${line} hands this client's $disconnect on to other code, which would close the shared client.`);
	}
	removeCall(member.parent, rewrite);
}

/** Takes a call away with the statement or callback that does nothing else. */
export function removeCall(call: ts.CallExpression, rewrite: Rewrite): void {
	const statement = closingStatement(call);
	const callback = call.parent;
	const whole = ts.isArrowFunction(callback) && callback.body === call ? withoutCallback(callback) : null;
	if (statement) rewrite.removeStatement(statement);
	else if (whole?.kind === "statement") rewrite.removeStatement(whole.statement);
	else if (whole) rewrite.replaceRange(whole.edit);
	else rewrite.replace(call, "Promise.resolve()");
}

/** The statement that does nothing but disconnect, with `await`, `void` and handlers of its failure. */
export function closingStatement(call: ts.CallExpression): ts.ExpressionStatement | null {
	let outer: ts.Node = call;
	for (;;) {
		const parent: ts.Node = outer.parent;
		if (ts.isExpressionStatement(parent)) return parent;
		const isCatch = ts.isPropertyAccessExpression(parent) && parent.name.text === "catch" && ts.isCallExpression(parent.parent);
		if (isCatch) outer = parent.parent;
		else if (ts.isAwaitExpression(parent) || ts.isVoidExpression(parent) || ts.isParenthesizedExpression(parent)) outer = parent;
		else return null;
	}
}
