import { ts } from "ts-morph";
import { type Context, DISCARDED, into, OTHER, type Place, under } from "./context.js";
import type { Lowering } from "./lowering.js";
import type { AssignOp, Expr, ObjectEntry, Sink, Span } from "./types.js";

const UNKNOWN: Expr = { k: "unknown" };
/** Entries kept of an object or array literal: data tables of thousands of rows say nothing about clients. */
const MAX_ENTRIES = 200;

const ASSIGN_OPS: ReadonlyMap<ts.SyntaxKind, AssignOp> = new Map([
	[ts.SyntaxKind.EqualsToken, "="],
	[ts.SyntaxKind.QuestionQuestionEqualsToken, "??="],
	[ts.SyntaxKind.BarBarEqualsToken, "||="],
	[ts.SyntaxKind.AmpersandAmpersandEqualsToken, "&&="],
	[ts.SyntaxKind.PlusEqualsToken, "+="],
]);

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

BY_KIND.set(ts.SyntaxKind.ThisKeyword, () => ({ k: "this" }));
BY_KIND.set(ts.SyntaxKind.SuperKeyword, () => ({ k: "super" }));
BY_KIND.set(ts.SyntaxKind.TrueKeyword, literal(true));
BY_KIND.set(ts.SyntaxKind.FalseKeyword, literal(false));
BY_KIND.set(ts.SyntaxKind.NullKeyword, literal(null));
lower(ts.SyntaxKind.Identifier, ts.isIdentifier, (_w, node, context) => name(node, context));
lower(ts.SyntaxKind.StringLiteral, ts.isStringLiteral, (w, node) => ({ k: "literal", value: node.text, span: w.span(node) }));
lower(ts.SyntaxKind.NoSubstitutionTemplateLiteral, ts.isNoSubstitutionTemplateLiteral, (w, node) => ({
	k: "literal",
	value: node.text,
	span: w.span(node),
}));
lower(ts.SyntaxKind.NumericLiteral, ts.isNumericLiteral, (w, node) => ({ k: "literal", value: Number(node.text), span: w.span(node) }));
lower(ts.SyntaxKind.CallExpression, ts.isCallExpression, call);
lower(ts.SyntaxKind.NewExpression, ts.isNewExpression, construct);
lower(ts.SyntaxKind.PropertyAccessExpression, ts.isPropertyAccessExpression, (w, node, context, place) =>
	member(w, node.expression, node.name.text, context, place),
);
lower(ts.SyntaxKind.ElementAccessExpression, ts.isElementAccessExpression, elementAccess);
lower(ts.SyntaxKind.ParenthesizedExpression, ts.isParenthesizedExpression, inner);
lower(ts.SyntaxKind.AsExpression, ts.isAsExpression, inner);
lower(ts.SyntaxKind.SatisfiesExpression, ts.isSatisfiesExpression, inner);
lower(ts.SyntaxKind.NonNullExpression, ts.isNonNullExpression, inner);
lower(ts.SyntaxKind.TypeAssertionExpression, ts.isTypeAssertionExpression, inner);
lower(ts.SyntaxKind.AwaitExpression, ts.isAwaitExpression, awaitedValue);
lower(ts.SyntaxKind.TaggedTemplateExpression, ts.isTaggedTemplateExpression, tagged);
lower(ts.SyntaxKind.ArrowFunction, ts.isArrowFunction, functionValue);
lower(ts.SyntaxKind.FunctionExpression, ts.isFunctionExpression, functionValue);
lower(ts.SyntaxKind.ObjectLiteralExpression, ts.isObjectLiteralExpression, (w, node, context, place) =>
	objectLiteral(w, node, context, place.sink),
);
lower(ts.SyntaxKind.ArrayLiteralExpression, ts.isArrayLiteralExpression, (w, node, context, place) =>
	arrayLiteral(w, node, context, place.sink),
);
lower(ts.SyntaxKind.BinaryExpression, ts.isBinaryExpression, binary);
lower(ts.SyntaxKind.ConditionalExpression, ts.isConditionalExpression, conditional);
lower(ts.SyntaxKind.TemplateExpression, ts.isTemplateExpression, (w, node, context) => template(w, node, context));
lower(ts.SyntaxKind.ClassExpression, ts.isClassExpression, (w, node, context) => ({ k: "class", id: w.classLike(node, context) }));
lower(ts.SyntaxKind.DeleteExpression, ts.isDeleteExpression, deletion);
lower(ts.SyntaxKind.PrefixUnaryExpression, ts.isPrefixUnaryExpression, (w, node, context) => prefix(w, node, context));

function name(node: ts.Identifier, context: Context): Expr {
	const id = context.scope.lookup(node.text);
	return id === undefined ? { k: "global", name: node.text } : { k: "binding", id };
}

function member(w: Lowering, of: ts.Expression, key: string | null, context: Context, place: Place): Expr & { readonly k: "member" } {
	const receiver = w.expression(of, context, into({ k: "receiver", member: key, outer: place.sink }));
	return { k: "member", of: receiver, name: key };
}

function elementAccess(w: Lowering, node: ts.ElementAccessExpression, context: Context, place: Place): Expr {
	const index = node.argumentExpression;
	if (ts.isStringLiteralLike(index)) return member(w, node.expression, index.text, context, place);
	const key = w.expression(index, context, OTHER);
	return { ...member(w, node.expression, null, context, place), index: key };
}

function moduleSpecifier(node: ts.CallExpression, context: Context): string | null {
	const [first] = node.arguments;
	if (!first || !ts.isStringLiteralLike(first)) return null;
	if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return first.text;
	const isRequire = ts.isIdentifier(node.expression) && node.expression.text === "require" && context.scope.lookup("require") === undefined;
	return isRequire ? first.text : null;
}

function call(w: Lowering, node: ts.CallExpression, context: Context, place: Place): Expr {
	const specifier = moduleSpecifier(node, context);
	if (specifier !== null) {
		w.facts.imports.push({ specifier, span: w.span(node), typeOnly: false });
		return { k: "module", specifier };
	}
	const id = w.facts.calls.push(undefined) - 1;
	const self: Expr = { k: "call", id };
	// A chained call (`a().b()`) goes to where the whole chain goes.
	const callee =
		node.expression.kind === ts.SyntaxKind.ImportKeyword
			? UNKNOWN
			: w.expression(node.expression, context, { sink: place.sink, awaited: place.awaited });
	const args = node.arguments.map((argument, index) => lowerArgument(w, argument, context, { k: "argument", call: id, index }));
	w.facts.calls[id] = {
		...site(w, node, node.expression, context, place),
		callee,
		args,
		argSpans: node.arguments.map((argument) => w.span(argument)),
	};
	return self;
}

/** ``prisma.$queryRaw`…${id}` `` calls its tag; the values are arguments, the text (a query) is not kept. */
function tagged(w: Lowering, node: ts.TaggedTemplateExpression, context: Context, place: Place): Expr {
	const id = w.facts.calls.push(undefined) - 1;
	const callee = w.expression(node.tag, context, { sink: place.sink, awaited: place.awaited });
	const values = ts.isTemplateExpression(node.template) ? node.template.templateSpans.map((part) => part.expression) : [];
	const args = values.map((value, index) => w.expression(value, context, into({ k: "argument", call: id, index })));
	w.facts.calls[id] = { ...site(w, node, node.tag, context, place), callee, args, argSpans: values.map((value) => w.span(value)) };
	return { k: "call", id };
}

function awaitedValue(w: Lowering, node: ts.AwaitExpression, context: Context, place: Place): Expr {
	const value = w.expression(node.expression, context, { sink: place.sink, awaited: true });
	if (value.k === "binding") w.facts.awaitedBindings.add(value.id);
	return value;
}

function construct(w: Lowering, node: ts.NewExpression, context: Context, place: Place): Expr {
	const id = w.facts.news.push(undefined) - 1;
	const callee = w.expression(node.expression, context, OTHER);
	const nodes = node.arguments ?? [];
	const args = nodes.map((argument, index) => lowerArgument(w, argument, context, { k: "construct-argument", new: id, index }));
	w.facts.news[id] = {
		...site(w, node, node.expression, context, place),
		callee,
		args,
		argSpans: nodes.map((argument) => w.span(argument)),
	};
	return { k: "new", id };
}

function lowerArgument(w: Lowering, node: ts.Expression, context: Context, sink: Sink): Expr {
	if (ts.isSpreadElement(node)) {
		w.expression(node.expression, context, into({ k: "element", outer: sink }));
		return UNKNOWN;
	}
	return w.expression(node, context, into(sink));
}

function site(w: Lowering, node: ts.Expression, callee: ts.Expression, context: Context, place: Place) {
	return {
		span: w.span(node),
		calleeSpan: w.span(callee),
		function: context.function,
		context: context.steps,
		sink: place.sink,
		awaited: place.awaited,
	};
}

function functionValue(w: Lowering, node: ts.ArrowFunction | ts.FunctionExpression, context: Context, { sink }: Place): Expr {
	const kind = ts.isArrowFunction(node) ? "arrow" : "function";
	return { k: "function", id: w.functionLike(node, context, { kind, name: node.name?.text ?? null, isStatic: false, sink }) };
}

function objectLiteral(w: Lowering, node: ts.ObjectLiteralExpression, context: Context, outer: Sink): Expr {
	const entries: ObjectEntry[] = [];
	const spreads: Expr[] = [];
	for (const property of node.properties.slice(0, MAX_ENTRIES)) {
		if (ts.isSpreadAssignment(property)) {
			spreads.push(w.expression(property.expression, context, into({ k: "element", outer })));
			continue;
		}
		const key = propertyKey(property.name);
		const sink: Sink = { k: "property", key: key ?? "", outer };
		const entry = propertyValue(w, property, context, sink);
		if (key !== null && entry) entries.push({ key, keySpan: w.span(property.name), ...entry });
	}
	return { k: "object", span: w.span(node), entries, spreads };
}

function propertyValue(
	w: Lowering,
	property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
	context: Context,
	sink: Sink,
): { value: Expr; valueSpan: Span } | null {
	if (ts.isPropertyAssignment(property))
		return { value: w.expression(property.initializer, context, into(sink)), valueSpan: w.span(property.initializer) };
	if (ts.isShorthandPropertyAssignment(property)) return { value: name(property.name, context), valueSpan: w.span(property.name) };
	const kind = ts.isMethodDeclaration(property) ? "method" : ts.isGetAccessor(property) ? "getter" : "setter";
	const id = w.functionLike(property, context, { kind, name: propertyKey(property.name), isStatic: false, sink });
	return kind === "setter" ? null : { value: { k: "function", id }, valueSpan: w.span(property) };
}

export function propertyKey(node: ts.PropertyName): string | null {
	if (ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || ts.isPrivateIdentifier(node)) return node.text;
	return null;
}

function arrayLiteral(w: Lowering, node: ts.ArrayLiteralExpression, context: Context, outer: Sink): Expr {
	const items = node.elements.slice(0, MAX_ENTRIES).map((element) => lowerArgument(w, element, context, { k: "element", outer }));
	return { k: "array", items };
}

function binary(w: Lowering, node: ts.BinaryExpression, context: Context, place: Place): Expr {
	const operator = node.operatorToken.kind;
	const assignOp = ASSIGN_OPS.get(operator);
	if (assignOp) return assignment(w, node, assignOp, context, place);
	switch (operator) {
		case ts.SyntaxKind.QuestionQuestionToken:
			return either(w, node, "??", context, place);
		case ts.SyntaxKind.BarBarToken:
			return either(w, node, "||", context, place);
		case ts.SyntaxKind.AmpersandAmpersandToken:
			return either(w, node, "&&", context, place);
		case ts.SyntaxKind.CommaToken:
			w.expression(node.left, context, DISCARDED);
			return w.expression(node.right, context, place);
	}
	return chain(w, node, context);
}

/** A long `a + b + c …` nests to the left: walked in a loop, so that generated sums do not overflow the stack. */
function chain(w: Lowering, node: ts.BinaryExpression, context: Context): Expr {
	const links: ts.BinaryExpression[] = [];
	let first: ts.Expression = node;
	while (ts.isBinaryExpression(first) && !ASSIGN_OPS.has(first.operatorToken.kind) && isArithmetic(first.operatorToken.kind)) {
		links.push(first);
		first = first.left;
	}
	let value = w.expression(first, context, OTHER);
	for (const link of links.reverse()) {
		const right = w.expression(link.right, context, OTHER);
		value = { k: "binary", op: ts.tokenToString(link.operatorToken.kind) ?? "", left: value, right, span: w.span(link) };
	}
	return value;
}

function isArithmetic(kind: ts.SyntaxKind): boolean {
	return (
		kind !== ts.SyntaxKind.QuestionQuestionToken &&
		kind !== ts.SyntaxKind.BarBarToken &&
		kind !== ts.SyntaxKind.AmpersandAmpersandToken &&
		kind !== ts.SyntaxKind.CommaToken
	);
}

function either(w: Lowering, node: ts.BinaryExpression, op: "??" | "||" | "&&", context: Context, place: Place): Expr {
	const left = w.expression(node.left, context, op === "&&" ? OTHER : place);
	const inner = under(context, { k: "branch", op, condition: left, negated: op !== "&&", span: w.span(node) });
	const right = w.expression(node.right, inner, place);
	return { k: "either", op, items: [left, right] };
}

function assignment(w: Lowering, node: ts.BinaryExpression, op: AssignOp, context: Context, place: Place): Expr {
	if (op === "=" && (ts.isObjectLiteralExpression(node.left) || ts.isArrayLiteralExpression(node.left)))
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
	if (ts.isObjectLiteralExpression(pattern)) {
		for (const property of pattern.properties) {
			if (!property.name) continue;
			const key = propertyKey(property.name);
			const to = ts.isPropertyAssignment(property)
				? property.initializer
				: ts.isShorthandPropertyAssignment(property)
					? property.name
					: null;
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

/** `delete cache[key]` leaves nothing there, as an assignment of `undefined` does. */
function deletion(w: Lowering, node: ts.DeleteExpression, context: Context): Expr {
	const target = w.expression(node.expression, context, OTHER);
	const value: Expr = { k: "global", name: "undefined" };
	w.facts.assignments.push({ target, op: "=", value, span: w.span(node), function: context.function, context: context.steps });
	return UNKNOWN;
}

function conditional(w: Lowering, node: ts.ConditionalExpression, context: Context, place: Place): Expr {
	const condition = w.expression(node.condition, context, OTHER);
	const step = { k: "branch", op: "?:", condition, span: w.span(node) } as const;
	const whenTrue = w.expression(node.whenTrue, under(context, { ...step, negated: false }), place);
	const whenFalse = w.expression(node.whenFalse, under(context, { ...step, negated: true }), place);
	return { k: "either", op: "?:", items: [whenTrue, whenFalse] };
}

function template(w: Lowering, node: ts.TemplateExpression, context: Context): Expr {
	const values = node.templateSpans.map((part) => w.expression(part.expression, context, OTHER));
	return { k: "template", texts: [node.head.text, ...node.templateSpans.map((part) => part.literal.text)], values, span: w.span(node) };
}

function prefix(w: Lowering, node: ts.PrefixUnaryExpression, context: Context): Expr {
	const operand = w.expression(node.operand, context, OTHER);
	if (node.operator === ts.SyntaxKind.MinusToken && operand.k === "literal" && typeof operand.value === "number")
		return { k: "literal", value: -operand.value, span: w.span(node) };
	if (node.operator !== ts.SyntaxKind.ExclamationToken) return operand.k === "literal" ? UNKNOWN : operand;
	return { k: "not", of: operand };
}

/** Syntax whose value is not followed: what stands below it still is walked. */
function rest(w: Lowering, node: ts.Node, context: Context): Expr {
	ts.forEachChild(node, (child) => {
		if (isExpressionNode(child)) w.expression(child, context, OTHER);
		else if (!ts.isTypeNode(child)) rest(w, child, context);
	});
	return UNKNOWN;
}

function isExpressionNode(node: ts.Node): node is ts.Expression {
	return ts.isExpression(node) && !ts.isOmittedExpression(node) && !ts.isExpressionWithTypeArguments(node);
}
