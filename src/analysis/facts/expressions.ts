import type { ts } from "ts-morph";
import { call, construct, tagged } from "./calls.js";
import { type Context, into, OTHER, type Place, UNKNOWN } from "./context.js";
import { arrayLiteral, objectLiteral, template } from "./literals.js";
import type { Lowering } from "./lowering.js";
import { nameValue } from "./names.js";
import { binary, conditional, deletion, prefix } from "./operators.js";
import {
	forEachChild,
	isArrayLiteralExpression,
	isArrowFunction,
	isAsExpression,
	isAwaitExpression,
	isBinaryExpression,
	isCallExpression,
	isClassExpression,
	isConditionalExpression,
	isDeleteExpression,
	isElementAccessExpression,
	isExpression,
	isExpressionWithTypeArguments,
	isFunctionExpression,
	isIdentifier,
	isNewExpression,
	isNonNullExpression,
	isNumericLiteral,
	isObjectLiteralExpression,
	isOmittedExpression,
	isParenthesizedExpression,
	isPrefixUnaryExpression,
	isPropertyAccessExpression,
	isSatisfiesExpression,
	isStringLiteralLike,
	isTaggedTemplateExpression,
	isTemplateExpression,
	isTypeAssertionExpression,
	isTypeNode,
	SyntaxKind,
} from "./syntax.js";
import type { Expr } from "./types.js";

/** Lowers one expression and all below it; calls and `new`s are recorded on the way. The most frequent syntax is asked for first. */
export function lowerExpression(w: Lowering, node: ts.Expression, context: Context, place: Place): Expr {
	if (isIdentifier(node)) return nameValue(node, context);
	if (isPropertyAccessExpression(node)) return member(w, node.expression, node.name.text, context, place);
	if (isCallExpression(node)) return call(w, node, context, place);
	if (isStringLiteralLike(node)) return { k: "literal", value: node.text, span: w.span(node) };
	if (isObjectLiteralExpression(node)) return objectLiteral(w, node, context, place.sink);
	if (isArrowFunction(node) || isFunctionExpression(node)) return functionValue(w, node, context, place);
	if (isAwaitExpression(node)) return awaitedValue(w, node, context, place);
	if (isBinaryExpression(node)) return binary(w, node, context, place);
	if (isNumericLiteral(node)) return { k: "literal", value: Number(node.text), span: w.span(node) };
	if (isArrayLiteralExpression(node)) return arrayLiteral(w, node, context, place.sink);
	if (isTemplateExpression(node)) return template(w, node, context);
	if (isNewExpression(node)) return construct(w, node, context, place);
	if (isConditionalExpression(node)) return conditional(w, node, context, place);
	if (isElementAccessExpression(node)) return elementAccess(w, node, context, place);
	if (isPrefixUnaryExpression(node)) return prefix(w, node, context);
	if (isTransparent(node)) return w.expression(node.expression, context, place);
	if (isTaggedTemplateExpression(node)) return tagged(w, node, context, place);
	if (isClassExpression(node)) return { k: "class", id: w.classLike(node, context) };
	if (isDeleteExpression(node)) return deletion(w, node, context);
	return keyword(w, node) ?? rest(w, node, context);
}

/** `(x)`, `x as T`, `x satisfies T`, `x!` and `<T>x` are `x`. */
function isTransparent(
	node: ts.Expression,
): node is ts.ParenthesizedExpression | ts.AsExpression | ts.SatisfiesExpression | ts.NonNullExpression | ts.TypeAssertion {
	return (
		isParenthesizedExpression(node) ||
		isAsExpression(node) ||
		isSatisfiesExpression(node) ||
		isNonNullExpression(node) ||
		isTypeAssertionExpression(node)
	);
}

function keyword(w: Lowering, node: ts.Expression): Expr | null {
	switch (node.kind) {
		case SyntaxKind.ThisKeyword:
			return { k: "this" };
		case SyntaxKind.SuperKeyword:
			return { k: "super" };
		case SyntaxKind.TrueKeyword:
			return { k: "literal", value: true, span: w.span(node) };
		case SyntaxKind.FalseKeyword:
			return { k: "literal", value: false, span: w.span(node) };
		case SyntaxKind.NullKeyword:
			return { k: "literal", value: null, span: w.span(node) };
		default:
			return null;
	}
}

function member(w: Lowering, of: ts.Expression, key: string | null, context: Context, place: Place): Expr & { readonly k: "member" } {
	const receiver = w.expression(of, context, into({ k: "receiver", member: key, outer: place.sink }));
	return { k: "member", of: receiver, name: key };
}

function elementAccess(w: Lowering, node: ts.ElementAccessExpression, context: Context, place: Place): Expr {
	const index = node.argumentExpression;
	if (isStringLiteralLike(index)) return member(w, node.expression, index.text, context, place);
	const key = w.expression(index, context, OTHER);
	return { ...member(w, node.expression, null, context, place), index: key };
}

function awaitedValue(w: Lowering, node: ts.AwaitExpression, context: Context, place: Place): Expr {
	const value = w.expression(node.expression, context, { sink: place.sink, awaited: true });
	if (value.k === "binding") w.facts.awaitedBindings.add(value.id);
	return value;
}

function functionValue(w: Lowering, node: ts.ArrowFunction | ts.FunctionExpression, context: Context, { sink }: Place): Expr {
	const kind = isArrowFunction(node) ? "arrow" : "function";
	return { k: "function", id: w.functionLike(node, context, { kind, name: node.name?.text ?? null, isStatic: false, sink }) };
}

/** Syntax whose value is not followed: what stands below it still is walked. */
function rest(w: Lowering, node: ts.Node, context: Context): Expr {
	forEachChild(node, (child) => {
		if (isExpressionNode(child)) w.expression(child, context, OTHER);
		else if (!isTypeNode(child)) rest(w, child, context);
	});
	return UNKNOWN;
}

function isExpressionNode(node: ts.Node): node is ts.Expression {
	return isExpression(node) && !isOmittedExpression(node) && !isExpressionWithTypeArguments(node);
}
