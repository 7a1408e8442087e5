import type { ts } from "ts-morph";
import { lowerArgument } from "./calls.js";
import { type Context, into, OTHER } from "./context.js";
import type { Lowering } from "./lowering.js";
import { nameValue, propertyKey } from "./names.js";
import { isGetAccessor, isMethodDeclaration, isPropertyAssignment, isShorthandPropertyAssignment, isSpreadAssignment } from "./syntax.js";
import type { Expr, ObjectEntry, Sink, Span } from "./types.js";

/** Entries kept of an object or array literal: data tables of thousands of rows say nothing about clients. */
const MAX_ENTRIES = 200;

export function objectLiteral(w: Lowering, node: ts.ObjectLiteralExpression, context: Context, outer: Sink): Expr {
	const entries: ObjectEntry[] = [];
	const spreads: Expr[] = [];
	for (const property of node.properties.slice(0, MAX_ENTRIES)) {
		if (isSpreadAssignment(property)) {
			spreads.push(w.expression(property.expression, context, into({ k: "element", outer })));
			continue;
		}
		const key = propertyKey(property.name);
		const sink: Sink = { k: "property", key: key ?? "", outer };
		const entry = propertyValue(w, property, context, sink);
		if (key !== null && entry) entries.push({ key, keySpan: w.span(property.name), value: entry.value, valueSpan: entry.valueSpan });
	}
	return { k: "object", span: w.span(node), entries, spreads };
}

export function arrayLiteral(w: Lowering, node: ts.ArrayLiteralExpression, context: Context, outer: Sink): Expr {
	const spreads: Expr[] = [];
	const items = node.elements.slice(0, MAX_ENTRIES).map((element) => lowerArgument(w, element, context, { k: "element", outer }, spreads));
	return spreads.length === 0 ? { k: "array", items } : { k: "array", items, spreads };
}

export function template(w: Lowering, node: ts.TemplateExpression, context: Context): Expr {
	const values = node.templateSpans.map((part) => w.expression(part.expression, context, OTHER));
	return { k: "template", texts: [node.head.text, ...node.templateSpans.map((part) => part.literal.text)], values, span: w.span(node) };
}

function propertyValue(
	w: Lowering,
	property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
	context: Context,
	sink: Sink,
): { value: Expr; valueSpan: Span } | null {
	if (isPropertyAssignment(property))
		return { value: w.expression(property.initializer, context, into(sink)), valueSpan: w.span(property.initializer) };
	if (isShorthandPropertyAssignment(property)) return { value: nameValue(property.name, context), valueSpan: w.span(property.name) };
	const kind = isMethodDeclaration(property) ? "method" : isGetAccessor(property) ? "getter" : "setter";
	const id = w.functionLike(property, context, { kind, name: propertyKey(property.name), isStatic: false, sink });
	return kind === "setter" ? null : { value: { k: "function", id }, valueSpan: w.span(property) };
}
