import type { CallFact, Expr, FunctionId, Span } from "../facts/index.js";
import { evaluate } from "./constants.js";
import type { Linker } from "./linker.js";
import type { Constant } from "./values.js";

/** An expression that holds options, and where it stands. */
export interface Options {
	readonly file: string;
	readonly at: FunctionId;
	readonly options: Expr;
}

/** `maxWait` or `timeout` among a transaction's options. */
export interface Limit {
	readonly name: "maxWait" | "timeout";
	readonly file: string;
	/** The option's value. */
	readonly span: Span;
	/** The longest of the values it can have, in milliseconds. */
	readonly longest: Constant & { readonly value: number };
}

const MAX_SPREAD_DEPTH = 4;

/** The limits that a transaction's options set, through names, spreads, constants and functions, across files. */
export function limitsOf(linker: Linker, options: Options): readonly Limit[] {
	return (["maxWait", "timeout"] as const).flatMap((name) =>
		entriesOf(linker, options, name).flatMap(({ entry, span }): Limit[] => {
			const longest = evaluate(linker, entry.file, entry.options, entry.at)
				.flatMap((constant) => (typeof constant.value === "number" ? [{ ...constant, value: constant.value }] : []))
				.sort((a, b) => b.value - a.value)[0];
			return longest ? [{ name, file: entry.file, span, longest }] : [];
		}),
	);
}

/** The limits in the `transactionOptions` that a client is made with, in a `new` or in the `super` call of its subclass. */
export function constructorLimits(linker: Linker, file: string, site: Pick<CallFact, "args" | "function">): readonly Limit[] {
	const [options] = site.args;
	if (!options) return [];
	return entriesOf(linker, { file, at: site.function, options }, "transactionOptions").flatMap(({ entry }) => limitsOf(linker, entry));
}

/** The values under a key, each with its place in the object that has it. */
export function entriesOf(
	linker: Linker,
	{ file, at, options }: Options,
	key: string,
	depth = 0,
): readonly { readonly entry: Options; readonly span: Span }[] {
	if (depth > MAX_SPREAD_DEPTH) return [];
	return linker.values(file, options, at).flatMap((value) => {
		if (value.k !== "object") return [];
		const owner = { file: value.file, at: value.at };
		const own = value.expression.entries.filter((entry) => entry.key === key);
		if (own.length > 0) return own.map((entry) => ({ entry: { ...owner, options: entry.value }, span: entry.valueSpan }));
		return value.expression.spreads.flatMap((spread) => entriesOf(linker, { ...owner, options: spread }, key, depth + 1));
	});
}
