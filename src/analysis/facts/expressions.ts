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
	isNoSubstitutionTemplateLiteral,
	isNumericLiteral,
	isObjectLiteralExpression,
	isOmittedExpression,
	isParenthesizedExpression,
	isPrefixUnaryExpression,
	isPropertyAccessExpression,
	isSatisfiesExpression,
	isStringLiteral,
	isStringLiteralLike,
	isTaggedTemplateExpression,
	isTemplateExpression,
	isTypeAssertionExpression,
	isTypeNode,
	SyntaxKind,
} from "./syntax.js";
import type { Expr } from "./types.js";

type Lower<T extends ts.Node> = (w: Lowering, node: T, context: Context, place: Place) => Expr;

/** Lowers one expression and all below it; calls and `new`s are recorded on the way. */
export function lowerExpression(w: Lowering, node: ts.Expression, context: Context, place: Place): Expr {
	return (BY_KIND.get(node.kind) ?? rest)(w, node, context, place);
}

/** One way to lower per kind of syntax: looked up, since nearly every node of a file comes by here. */
const BY_KIND = new Map<ts.SyntaxKind, Lower<ts.Node>>();

function lower<T extends ts.Node>(kind: ts.SyntaxKind, is: (node: ts.Node) => node is T, by: Lower<T>): void {
	BY_KIND.set(kind, (w, node, context, place) => (is(node) ? by(w, node, context, place) : UNKNOWN));
}

const inner: Lower<ts.Node & { readonly expression: ts.Expression }> = (w, node, context, place) =>
	w.expression(node.expression, context, place);
const literal =
	(value: boolean | null): Lower<ts.Node> =>
	(w, node) => ({ k: "literal", value, span: w.span(node) });

BY_KIND.set(SyntaxKind.ThisKeyword, () => ({ k: "this" }));
BY_KIND.set(SyntaxKind.SuperKeyword, () => ({ k: "super" }));
BY_KIND.set(SyntaxKind.TrueKeyword, literal(true));
BY_KIND.set(SyntaxKind.FalseKeyword, literal(false));
BY_KIND.set(SyntaxKind.NullKeyword, literal(null));
lower(SyntaxKind.Identifier, isIdentifier, (_w, node, context) => nameValue(node, context));
lower(SyntaxKind.StringLiteral, isStringLiteral, (w, node) => ({ k: "literal", value: node.text, span: w.span(node) }));
lower(SyntaxKind.NoSubstitutionTemplateLiteral, isNoSubstitutionTemplateLiteral, (w, node) => ({
	k: "literal",
	value: node.text,
	span: w.span(node),
}));
lower(SyntaxKind.NumericLiteral, isNumericLiteral, (w, node) => ({ k: "literal", value: Number(node.text), span: w.span(node) }));
lower(SyntaxKind.CallExpression, isCallExpression, call);
lower(SyntaxKind.NewExpression, isNewExpression, construct);
lower(SyntaxKind.PropertyAccessExpression, isPropertyAccessExpression, (w, node, context, place) =>
	member(w, node.expression, node.name.text, context, place),
);
lower(SyntaxKind.ElementAccessExpression, isElementAccessExpression, elementAccess);
lower(SyntaxKind.ParenthesizedExpression, isParenthesizedExpression, inner);
lower(SyntaxKind.AsExpression, isAsExpression, inner);
lower(SyntaxKind.SatisfiesExpression, isSatisfiesExpression, inner);
lower(SyntaxKind.NonNullExpression, isNonNullExpression, inner);
lower(SyntaxKind.TypeAssertionExpression, isTypeAssertionExpression, inner);
lower(SyntaxKind.AwaitExpression, isAwaitExpression, awaitedValue);
lower(SyntaxKind.TaggedTemplateExpression, isTaggedTemplateExpression, tagged);
lower(SyntaxKind.ArrowFunction, isArrowFunction, functionValue);
lower(SyntaxKind.FunctionExpression, isFunctionExpression, functionValue);
lower(SyntaxKind.ObjectLiteralExpression, isObjectLiteralExpression, (w, node, context, place) =>
	objectLiteral(w, node, context, place.sink),
);
lower(SyntaxKind.ArrayLiteralExpression, isArrayLiteralExpression, (w, node, context, place) => arrayLiteral(w, node, context, place.sink));
lower(SyntaxKind.BinaryExpression, isBinaryExpression, binary);
lower(SyntaxKind.ConditionalExpression, isConditionalExpression, conditional);
lower(SyntaxKind.TemplateExpression, isTemplateExpression, (w, node, context) => template(w, node, context));
lower(SyntaxKind.ClassExpression, isClassExpression, (w, node, context) => ({ k: "class", id: w.classLike(node, context) }));
lower(SyntaxKind.DeleteExpression, isDeleteExpression, deletion);
lower(SyntaxKind.PrefixUnaryExpression, isPrefixUnaryExpression, (w, node, context) => prefix(w, node, context));

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
