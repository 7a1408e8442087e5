import type { ts } from "ts-morph";
import { type Context, DISCARDED, OTHER, type Place, UNKNOWN, under } from "./context.js";
import type { Lowering } from "./lowering.js";
import { propertyKey } from "./names.js";
import {
	isArrayLiteralExpression,
	isBinaryExpression,
	isObjectLiteralExpression,
	isPropertyAssignment,
	isShorthandPropertyAssignment,
	SyntaxKind,
	tokenToString,
} from "./syntax.js";
import type { AssignOp, Expr, Sink } from "./types.js";

const ASSIGN_OPS: ReadonlyMap<ts.SyntaxKind, AssignOp> = new Map([
	[SyntaxKind.EqualsToken, "="],
	[SyntaxKind.QuestionQuestionEqualsToken, "??="],
	[SyntaxKind.BarBarEqualsToken, "||="],
	[SyntaxKind.AmpersandAmpersandEqualsToken, "&&="],
	[SyntaxKind.PlusEqualsToken, "+="],
]);

export function binary(w: Lowering, node: ts.BinaryExpression, context: Context, place: Place): Expr {
	const operator = node.operatorToken.kind;
	const assignOp = ASSIGN_OPS.get(operator);
	if (assignOp) return assignment(w, node, assignOp, context, place);
	switch (operator) {
		case SyntaxKind.QuestionQuestionToken:
			return either(w, node, "??", context, place);
		case SyntaxKind.BarBarToken:
			return either(w, node, "||", context, place);
		case SyntaxKind.AmpersandAmpersandToken:
			return either(w, node, "&&", context, place);
		case SyntaxKind.CommaToken:
			w.expression(node.left, context, DISCARDED);
			return w.expression(node.right, context, place);
	}
	return chain(w, node, context);
}

export function conditional(w: Lowering, node: ts.ConditionalExpression, context: Context, place: Place): Expr {
	const condition = w.expression(node.condition, context, OTHER);
	const step = { k: "branch", op: "?:", condition, span: w.span(node) } as const;
	const whenTrue = w.expression(node.whenTrue, under(context, { ...step, negated: false }), place);
	const whenFalse = w.expression(node.whenFalse, under(context, { ...step, negated: true }), place);
	return { k: "either", op: "?:", items: [whenTrue, whenFalse] };
}

/** `delete cache[key]` leaves nothing there, as an assignment of `undefined` does. */
export function deletion(w: Lowering, node: ts.DeleteExpression, context: Context): Expr {
	const target = w.expression(node.expression, context, OTHER);
	const value: Expr = { k: "global", name: "undefined" };
	w.facts.assignments.push({ target, op: "=", value, span: w.span(node), function: context.function, context: context.steps });
	return UNKNOWN;
}

export function prefix(w: Lowering, node: ts.PrefixUnaryExpression, context: Context): Expr {
	const operand = w.expression(node.operand, context, OTHER);
	if (node.operator === SyntaxKind.MinusToken && operand.k === "literal" && typeof operand.value === "number")
		return { k: "literal", value: -operand.value, span: w.span(node) };
	if (node.operator !== SyntaxKind.ExclamationToken) return operand.k === "literal" ? UNKNOWN : operand;
	return { k: "not", of: operand };
}

/** A long `a + b + c …` nests to the left: walked in a loop, so that generated sums do not overflow the stack. */
function chain(w: Lowering, node: ts.BinaryExpression, context: Context): Expr {
	const links: ts.BinaryExpression[] = [];
	let first: ts.Expression = node;
	while (isBinaryExpression(first) && !ASSIGN_OPS.has(first.operatorToken.kind) && isArithmetic(first.operatorToken.kind)) {
		links.push(first);
		first = first.left;
	}
	let value = w.expression(first, context, OTHER);
	for (const link of links.reverse()) {
		const right = w.expression(link.right, context, OTHER);
		value = { k: "binary", op: tokenToString(link.operatorToken.kind) ?? "", left: value, right, span: w.span(link) };
	}
	return value;
}

function isArithmetic(kind: ts.SyntaxKind): boolean {
	return (
		kind !== SyntaxKind.QuestionQuestionToken &&
		kind !== SyntaxKind.BarBarToken &&
		kind !== SyntaxKind.AmpersandAmpersandToken &&
		kind !== SyntaxKind.CommaToken
	);
}

function either(w: Lowering, node: ts.BinaryExpression, op: "??" | "||" | "&&", context: Context, place: Place): Expr {
	const left = w.expression(node.left, context, op === "&&" ? OTHER : place);
	const inner = under(context, { k: "branch", op, condition: left, negated: op !== "&&", span: w.span(node) });
	const right = w.expression(node.right, inner, place);
	return { k: "either", op, items: [left, right] };
}

function assignment(w: Lowering, node: ts.BinaryExpression, op: AssignOp, context: Context, place: Place): Expr {
	if (op === "=" && (isObjectLiteralExpression(node.left) || isArrayLiteralExpression(node.left)))
		return destructuringAssignment(w, node.left, node.right, context);
	const target = w.expression(node.left, context, OTHER);
	const inner =
		op === "="
			? context
			: under(context, { k: "branch", op: op === "??=" ? "??" : "||", condition: target, negated: true, span: w.span(node) });
	const sink: Sink = { k: "assign", op, target };
	const value = w.expression(node.right, inner, { sink: chained(sink, place.sink), awaited: place.awaited });
	w.facts.assignments.push({ target, op, value, span: w.span(node), function: context.function, context: inner.steps });
	return { k: "assign", op, target, value };
}

/** `return (this.x ??= new X())`: the place it is kept says more than that it is returned as well. */
function chained(sink: Sink, outer: Sink): Sink {
	return outer.k === "assign" && sink.k === "assign" && sink.target.k === "binding" ? outer : sink;
}

function destructuringAssignment(
	w: Lowering,
	pattern: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression,
	right: ts.Expression,
	context: Context,
): Expr {
	const value = w.expression(right, context, OTHER);
	if (isObjectLiteralExpression(pattern)) {
		for (const property of pattern.properties) {
			if (!property.name) continue;
			const key = propertyKey(property.name);
			const to = isPropertyAssignment(property) ? property.initializer : isShorthandPropertyAssignment(property) ? property.name : null;
			if (!to) continue;
			const target = w.expression(to, context, OTHER);
			w.facts.assignments.push({
				target,
				op: "=",
				value: { k: "member", of: value, name: key },
				span: w.span(property),
				function: context.function,
				context: context.steps,
			});
		}
	}
	return value;
}
