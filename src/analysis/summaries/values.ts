import type { CallId, ClassId, Expr, FunctionId, NewId } from "../facts/index.js";

/** What an expression may stand for, across files. Several values mean "one of these". */
export type Value =
	| { readonly k: "function"; readonly file: string; readonly id: FunctionId }
	| { readonly k: "class"; readonly file: string; readonly id: ClassId }
	/** The namespace of a workspace file. */
	| { readonly k: "module"; readonly file: string }
	/** Something a module outside the workspace's sources exports; `path` [] is its namespace. */
	| { readonly k: "external"; readonly origin: Origin; readonly path: readonly string[] }
	/** What calling or constructing an external value yields. */
	| { readonly k: "product"; readonly of: Value; readonly members: readonly string[] }
	/** `id` is the `new` that made it; `call` the call, where a package's function makes clients (`postgres({…})`). */
	| { readonly k: "instance"; readonly of: Value; readonly file: string; readonly id: NewId | null; readonly call?: CallId }
	| { readonly k: "object"; readonly file: string; readonly at: FunctionId; readonly expression: Expr & { readonly k: "object" } }
	| { readonly k: "global"; readonly path: readonly string[] };

export type Origin =
	| { readonly k: "package"; readonly name: string; readonly subpath: string }
	/** A client that `prisma generate` writes. */
	| { readonly k: "generated"; readonly output: string }
	/** A specifier that leads nowhere: the module is not there, or not generated yet. */
	| { readonly k: "unresolved"; readonly specifier: string };

/** What makes an instance: a `new`, or a call of a function that makes clients. */
export type MakingSite =
	| { readonly file: string; readonly kind: "new"; readonly id: NewId }
	| { readonly file: string; readonly kind: "call"; readonly id: CallId };

/** The site a value was made at; null when it is no instance or nobody knows. */
export function makingSite(value: Value): MakingSite | null {
	if (value.k !== "instance") return null;
	if (value.call !== undefined) return { file: value.file, kind: "call", id: value.call };
	return value.id === null ? null : { file: value.file, kind: "new", id: value.id };
}

export function isMadeAt(value: Value, site: MakingSite): boolean {
	const made = makingSite(value);
	return made !== null && siteKey(made) === siteKey(site);
}

export function siteKey({ file, kind, id }: MakingSite): string {
	return `${file}#${kind}${id}`;
}

/** A number or string that an expression can have, with the place of the literal it comes from. */
export interface Constant {
	readonly value: number | string | boolean;
	readonly file: string;
	readonly start: number;
	readonly end: number;
	/** What it is the default of, or was read from: an environment variable, or a configured value as written (`parsed.limit`). */
	readonly environment: string | null;
}

export interface FunctionRef {
	readonly file: string;
	readonly id: FunctionId;
}

export function keyOf(ref: FunctionRef): string {
	return `${ref.file}#${ref.id}`;
}

/** `let x = null`, `= undefined`: no value yet. */
export function isEmpty(expression: Expr): boolean {
	return (expression.k === "literal" && expression.value === null) || (expression.k === "global" && expression.name === "undefined");
}
