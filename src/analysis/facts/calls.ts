import type { ts } from "ts-morph";
import { type Context, into, OTHER, type Place, UNKNOWN } from "./context.js";
import type { Lowering } from "./lowering.js";
import { isIdentifier, isSpreadElement, isStringLiteralLike, isTemplateExpression, SyntaxKind } from "./syntax.js";
import type { CallFact, Expr, NewFact, Sink, Span } from "./types.js";

/** A call is recorded where it stands; as a value it is referred to by its index, and so is a `new`. */
export function call(w: Lowering, node: ts.CallExpression, context: Context, place: Place): Expr {
	const loaded = loadedModule(node, context);
	if (loaded !== null) {
		w.facts.imports.push({ specifier: loaded.specifier, span: w.span(node), typeOnly: false });
		return loaded;
	}
	const id = w.facts.calls.push(undefined) - 1;
	// A chained call (`a().b()`) goes to where the whole chain goes.
	const callee = node.expression.kind === SyntaxKind.ImportKeyword ? UNKNOWN : w.expression(node.expression, context, place);
	const args: Expr[] = [];
	const argSpans: Span[] = [];
	for (const argument of node.arguments) {
		args.push(lowerArgument(w, argument, context, { k: "argument", call: id, index: args.length }));
		argSpans.push(w.span(argument));
	}
	w.facts.calls[id] = site(w, node, node.expression, context, place, callee, args, argSpans);
	return { k: "call", id };
}

/** ``prisma.$queryRaw`…${id}` `` calls its tag; the values are arguments, the text (a query) is not kept. */
export function tagged(w: Lowering, node: ts.TaggedTemplateExpression, context: Context, place: Place): Expr {
	const id = w.facts.calls.push(undefined) - 1;
	const callee = w.expression(node.tag, context, place);
	const values = isTemplateExpression(node.template) ? node.template.templateSpans.map((part) => part.expression) : [];
	const args = values.map((value, index) => w.expression(value, context, into({ k: "argument", call: id, index })));
	const argSpans = values.map((value) => w.span(value));
	w.facts.calls[id] = site(w, node, node.tag, context, place, callee, args, argSpans);
	return { k: "call", id };
}

export function construct(w: Lowering, node: ts.NewExpression, context: Context, place: Place): Expr {
	const id = w.facts.news.push(undefined) - 1;
	const callee = w.expression(node.expression, context, OTHER);
	const nodes = node.arguments ?? [];
	const args = nodes.map((argument, index) => lowerArgument(w, argument, context, { k: "construct-argument", new: id, index }));
	const argSpans = nodes.map((argument) => w.span(argument));
	w.facts.news[id] = site(w, node, node.expression, context, place, callee, args, argSpans);
	return { k: "new", id };
}

function loadedModule(node: ts.CallExpression, context: Context): (Expr & { k: "module" }) | null {
	const first = node.arguments[0];
	if (!first || !isStringLiteralLike(first)) return null;
	if (node.expression.kind === SyntaxKind.ImportKeyword) return { k: "module", specifier: first.text, form: "import" };
	const isRequire = isIdentifier(node.expression) && node.expression.text === "require" && context.scope.lookup("require") === undefined;
	return isRequire ? { k: "module", specifier: first.text, form: "require" } : null;
}

/** An argument, or an element of an array. */
/** @param spreads takes in what is spread, which is unknown as an argument or element */
export function lowerArgument(w: Lowering, node: ts.Expression, context: Context, sink: Sink, spreads: Expr[] = []): Expr {
	if (isSpreadElement(node)) {
		spreads.push(w.expression(node.expression, context, into({ k: "element", outer: sink })));
		return UNKNOWN;
	}
	return w.expression(node, context, into(sink));
}

function site(
	w: Lowering,
	node: ts.Expression,
	calleeNode: ts.Expression,
	context: Context,
	place: Place,
	callee: Expr,
	args: readonly Expr[],
	argSpans: readonly Span[],
): CallFact & NewFact {
	return {
		span: w.span(node),
		calleeSpan: w.span(calleeNode),
		callee,
		args,
		argSpans,
		function: context.function,
		context: context.steps,
		sink: place.sink,
		awaited: place.awaited,
	};
}
