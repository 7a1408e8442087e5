import { ts } from "ts-morph";
import type { Edit } from "./edits.js";
import { lineStart } from "./lines.js";
import type { Source } from "./source.js";
import { newLineOf } from "./style.js";

/** Adds properties at the end of an object literal, on lines of their own where the others stand so. */
export function addProperties({ tree, text }: Source, object: ts.ObjectLiteralExpression, properties: readonly string[]): Edit {
	const last = object.properties.at(-1);
	if (!last) return { start: object.getStart(tree), end: object.end, text: `{ ${properties.join(", ")} }` };
	const isMultiLine = text.slice(last.end, object.end).includes("\n");
	const separator = isMultiLine ? `${newLineOf(text)}${indentAt(text, last.getStart(tree))}` : " ";
	const added = properties.map((property) => `${separator}${property}`).join(",");
	// A trailing comma stays the custom of the list.
	if (!object.properties.hasTrailingComma) return { start: last.end, end: last.end, text: `,${added}` };
	const comma = text.indexOf(",", last.end) + 1;
	return { start: comma, end: comma, text: `${added},` };
}

/** Takes a property out, with its comma and, where it stands alone, its line. */
export function removeProperty({ tree }: Source, property: ts.ObjectLiteralElementLike): Edit {
	const object = property.parent;
	const siblings: readonly ts.ObjectLiteralElementLike[] = ts.isObjectLiteralExpression(object) ? object.properties : [property];
	const next = siblings[siblings.indexOf(property) + 1];
	const previous = siblings[siblings.indexOf(property) - 1];
	const start = property.getStart(tree);
	if (next) return { start, end: next.getStart(tree), text: "" };
	if (previous) return { start: previous.end, end: property.end, text: "" };
	return { start: object.getStart(tree), end: object.end, text: "{}" };
}

/** The blanks that the line at an offset begins with. */
export function indentAt(text: string, at: number): string {
	return /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? "";
}

/** 60_000, for who writes so. */
export function numberText(value: number, like: string): string {
	return /\d_\d{3}/.test(like) ? String(value).replace(/\B(?=(\d{3})+$)/g, "_") : String(value);
}
