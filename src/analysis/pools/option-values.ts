import type { Expr, FunctionId } from "../facts/index.js";
import { calleeName, environmentOf, evaluate } from "../summaries/constants.js";
import type { Linker } from "../summaries/linker.js";
import type { Constant } from "../summaries/values.js";

/** An expression with the place it stands in. */
export interface Located {
	readonly file: string;
	readonly expression: Expr;
	readonly at: FunctionId;
}

const MAX_DEPTH = 8;

/** What an options object has under a path such as `["pool", "max"]`, through names, spreads and config functions. */
export function optionAt(linker: Linker, options: Located, path: readonly string[], depth = 0): readonly Located[] {
	const [head, ...rest] = path;
	if (head === undefined) return [options];
	if (depth > MAX_DEPTH) return [];
	return linker.values(options.file, options.expression, options.at).flatMap((value): readonly Located[] => {
		if (value.k !== "object") return [];
		const { entries, spreads } = value.expression;
		const entry = entries.findLast((candidate) => candidate.key === head);
		if (entry !== undefined) return optionAt(linker, { file: value.file, expression: entry.value, at: value.at }, rest, depth + 1);
		return spreads.flatMap((spread) => optionAt(linker, { file: value.file, expression: spread, at: value.at }, path, depth + 1));
	});
}

/** Whether all entries of an options object can be seen: none comes from a parameter, an unknown call or another package. */
export function isFollowed(linker: Linker, options: Located, depth = 0): boolean {
	const { expression } = options;
	// A connection string has no options.
	if (expression.k === "literal" || expression.k === "template" || environmentOf(linker, options.file, expression) !== null) return true;
	const values = depth > MAX_DEPTH ? [] : linker.values(options.file, expression, options.at);
	return (
		values.length > 0 &&
		values.every(
			(value) =>
				value.k === "object" &&
				value.expression.spreads.every((spread) => isFollowed(linker, { file: value.file, expression: spread, at: value.at }, depth + 1)),
		)
	);
}

/** Numbers an expression may have, also written as text: `"20"`, `String(20)`, `` `${limit}` ``. */
export function numbersOf(linker: Linker, { file, expression, at }: Located): readonly (Constant & { readonly value: number })[] {
	const inner = unwrapped(linker, file, expression);
	// `process.env.POOL ? Number(process.env.POOL) : 20`: the other branch is only the default.
	const environment = inner.k === "either" ? environmentOf(linker, file, inner) : null;
	return evaluate(linker, file, inner, at).flatMap((constant) => {
		const value = typeof constant.value === "string" && /^\s*\d+\s*$/.test(constant.value) ? Number(constant.value) : constant.value;
		return typeof value === "number" && Number.isInteger(value) && value >= 0
			? [{ ...constant, value, environment: constant.environment ?? environment }]
			: [];
	});
}

/** `String(x)`, `x.toString()` and a template of nothing but `x` are `x`. */
function unwrapped(linker: Linker, file: string, expression: Expr): Expr {
	if (expression.k === "template") {
		const [only] = expression.values;
		return only !== undefined && expression.values.length === 1 && expression.texts.every((text) => text === "") ? only : expression;
	}
	const call = expression.k === "call" ? linker.facts(file)?.calls[expression.id] : undefined;
	if (call === undefined) return expression;
	if (calleeName(linker, file, call.callee) === "String" && call.args[0] !== undefined) return call.args[0];
	return call.callee.k === "member" && call.callee.name === "toString" ? call.callee.of : expression;
}
