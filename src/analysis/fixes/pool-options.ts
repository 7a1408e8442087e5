import { ts } from "ts-morph";
import type { FileChange } from "../../protocol/index.js";
import type { AdapterSite } from "../pools/index.js";
import { fileEdit } from "./edits.js";
import type { FixContext } from "./kind.js";
import { expressionAt } from "./nodes.js";
import { addProperties } from "./object-literal.js";
import { Refusal } from "./types.js";

/** What opens the pool: the adapter, or the pool it is given. */
export function openerOf({ file, id, pools }: AdapterSite): { readonly file: string; readonly id: number } {
	return pools[0] ?? { file, id };
}

/** A driver's option with its value: `pool.max` goes into the object under `pool`. */
export interface PoolOption {
	readonly option: string;
	readonly value: string;
}

/**
 * Gives a pool options that it does not have, where its others are written. Null when it has them all.
 * @throws a `Refusal` when the options come from several places or cannot be seen
 */
export function addPoolOptions(site: AdapterSite, wanted: readonly PoolOption[], context: FixContext): FileChange | null {
	const opener = openerOf(site);
	const made = context.model.linker.facts(opener.file)?.news[opener.id];
	const source = context.source(opener.file);
	const creation = made && source.newAt(made.span);
	if (!creation) throw new Refusal("The pool is not made by a plain `new`.");
	const [argument] = creation.arguments ?? [];
	if (!argument) {
		const inner = `{ ${wanted.map(written).join(", ")} }`;
		const end = creation.arguments ? creation.end - 1 : creation.end;
		return fileEdit(opener.file, source.text, [{ start: end, end, text: creation.arguments ? inner : `(${inner})` }]);
	}
	const objects = site.options.flatMap(({ file, expression, at }) =>
		context.model.linker.values(file, expression, at).flatMap((value) => (value.k === "object" ? [value] : [])),
	);
	const [object, ...others] = objects;
	if (!object && site.options.length === 1) {
		// A connection string is all the options there are.
		const key = argument.getText() === "connectionString" ? "" : "connectionString: ";
		const start = argument.getStart();
		return fileEdit(opener.file, source.text, [
			{ start, end: start, text: `{ ${key}` },
			{ start: argument.end, end: argument.end, text: `, ${wanted.map(written).join(", ")} }` },
		]);
	}
	if (!object || others.length > 0) throw new Refusal("The pool takes its options from several places.");
	return withProperties(object, wanted, context);
}

function withProperties(
	object: { readonly file: string; readonly expression: { readonly span: { readonly start: number; readonly end: number } } },
	wanted: readonly PoolOption[],
	context: FixContext,
): FileChange | null {
	const source = context.source(object.file);
	const literal = expressionAt(source.tree, object.expression.span);
	if (!literal || !ts.isObjectLiteralExpression(literal)) throw new Refusal("The pool's options are not written as one object.");
	const missing = wanted.filter(({ option }) => !has(literal, option));
	if (missing.some(({ option }) => option.includes(".") && has(literal, option.split(".")[0] ?? "")))
		throw new Refusal("The pool's options have an object of their own; write the setting into it.");
	return missing.length === 0 ? null : fileEdit(object.file, source.text, [addProperties(source, literal, missing.map(written))]);
}

export function has(object: ts.ObjectLiteralExpression, option: string): boolean {
	const [head, ...rest] = option.split(".");
	const property = object.properties.find(({ name }) => name?.getText().replace(/^["']|["']$/g, "") === head);
	if (!property || rest.length === 0) return property !== undefined;
	return (
		ts.isPropertyAssignment(property) && ts.isObjectLiteralExpression(property.initializer) && has(property.initializer, rest.join("."))
	);
}

export function written({ option, value }: PoolOption): string {
	const [head = "", ...rest] = option.split(".");
	return `${head}: ${rest.length === 0 ? value : `{ ${written({ option: rest.join("."), value })} }`}`;
}
