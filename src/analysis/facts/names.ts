import type { ts } from "ts-morph";
import type { Context } from "./context.js";
import { isIdentifier, isNumericLiteral, isPrivateIdentifier, isStringLiteralLike } from "./syntax.js";
import type { Expr } from "./types.js";

/** What a name stands for where it is used. */
export function nameValue(node: ts.Identifier, context: Context): Expr {
	const id = context.scope.lookup(node.text);
	return id === undefined ? { k: "global", name: node.text } : { k: "binding", id };
}

/** The key of a property or member as text; null when it is computed. */
export function propertyKey(node: ts.PropertyName): string | null {
	if (isIdentifier(node) || isStringLiteralLike(node) || isNumericLiteral(node) || isPrivateIdentifier(node)) return node.text;
	return null;
}
