import { ts } from "ts-morph";
import type { Edit } from "../edits.js";
import { bare, visit } from "../nodes.js";
import { addProperties } from "../object-literal.js";
import type { Source } from "../source.js";
import { specifierOf } from "../specifiers.js";
import { Refusal } from "../types.js";

/** Names that the generated module has for a pool's limits: the age at which it replaces a connection, and the wait for one. */
export const MAX_AGE = "MAX_CONNECTION_AGE_SECONDS";
export const CONNECTION_WAIT = "CONNECTION_WAIT_MS";

/**
 * What must change in the expressions that make a client, so that its connections neither outlive it nor grow old: an adapter ends
 * the pool it is given, and a pool of node-postgres, which by default does without both, has limits. Throws a `Refusal` for a pool that nothing would end.
 */
export function lifetimeEdits(source: Source, creation: ts.NewExpression, roots: readonly ts.Node[]): Edit[] {
	const made: ts.NewExpression[] = [];
	for (const root of roots) {
		visit(root, (node) => {
			if (ts.isNewExpression(node) && node !== creation) made.push(node);
		});
	}
	return made.flatMap((node) => {
		const specifier = specifierOfClass(source, node);
		if (specifier === "pg") return limits(source, node);
		if (specifier === "@prisma/adapter-pg") return takesPool(source, node) ? disposal(source, node) : limits(source, node);
		if (specifier === undefined || specifier.startsWith("@prisma/")) return [];
		throw new Refusal(
			`Its adapter does not end the \`${node.expression.getText()}\` that it is given, so each new client of the manager would leave one behind. Give the adapter the options instead.`,
		);
	});
}

function specifierOfClass(source: Source, { expression }: ts.NewExpression): string | undefined {
	let root = bare(expression);
	while (ts.isPropertyAccessExpression(root)) root = bare(root.expression);
	const declaration = ts.isIdentifier(root) ? source.declarationOf(root) : undefined;
	return declaration && specifierOf(source, declaration);
}

function takesPool(source: Source, adapter: ts.NewExpression): boolean {
	const [argument] = adapter.arguments ?? [];
	const inner = argument && bare(argument);
	const declaration = inner && ts.isIdentifier(inner) ? source.declarationOf(inner) : undefined;
	const value = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? bare(declaration.initializer) : inner;
	return value !== undefined && ts.isNewExpression(value);
}

/** Options that are no object literal are left as they are: the client's rotation bounds the age of its connections, too. */
function limits(source: Source, pool: ts.NewExpression): Edit[] {
	return withProperties(source, pool, 0, { connectionTimeoutMillis: CONNECTION_WAIT, maxLifetimeSeconds: MAX_AGE }) ?? [];
}

function disposal(source: Source, adapter: ts.NewExpression): Edit[] {
	const edits = withProperties(source, adapter, 1, { disposeExternalPool: "true" });
	if (edits) return edits;
	throw new Refusal("Whether its adapter ends the pool it is given cannot be told. Give the adapter the pool's options instead.");
}

/** Adds properties to the object at an argument's place that it does not have; null when something else stands there. */
function withProperties(
	source: Source,
	made: ts.NewExpression,
	index: number,
	properties: Readonly<Record<string, string>>,
): Edit[] | null {
	const given = made.arguments ?? [];
	const argument = given[index];
	const texts = Object.entries(properties).map(([name, value]) => `${name}: ${value}`);
	if (!argument) {
		const before = given.at(-1);
		const at = before?.end ?? made.end - 1;
		return given.length < index || !made.arguments ? null : [{ start: at, end: at, text: `${before ? ", " : ""}{ ${texts.join(", ")} }` }];
	}
	const object = bare(argument);
	if (!ts.isObjectLiteralExpression(object)) return null;
	const isOpen = object.properties.some(ts.isSpreadAssignment);
	const missing = texts.filter((_, at) => !object.properties.some((known) => known.name?.getText() === Object.keys(properties)[at]));
	return isOpen || missing.length === 0 ? [] : [addProperties(source, object, missing)];
}
