import type { CallFact, Expr } from "../facts/index.js";
import { duration, unitTakenBy } from "./durations.js";
import type { Linker } from "./linker.js";
import type { Constant } from "./values.js";

/** What a function of the language or of a package makes of its arguments: `Number("5")`, `Math.min(a, b)`, `ms("1 minute")`. */
export function libraryConstants(
	linker: Linker,
	file: string,
	call: CallFact,
	name: string | null,
	args: readonly (readonly Constant[])[],
): readonly Constant[] {
	const [first = []] = args;
	const place = { file, start: call.span.start, end: call.span.end, environment: null };
	if (name === "Number" || name === "parseInt" || name === "parseFloat") return numeric(first, Number.parseFloat);
	if (call.callee.k === "member" && isMath(call.callee.of)) {
		const numbers = args.flatMap((constants) => (typeof constants[0]?.value === "number" ? [constants[0].value] : []));
		const value = numbers.length === args.length ? mathResult(name, numbers) : null;
		return value === null
			? []
			: [{ ...place, value, environment: args.flat().find(({ environment }) => environment)?.environment ?? null }];
	}
	const unit = name === "ms" ? 1 : libraryUnit(linker, file, call);
	return unit === null ? [] : numeric(first, duration).map((constant) => ({ ...constant, ...place, value: constant.value * unit }));
}

/** Numbers as they are, texts as they are read. */
function numeric(
	constants: readonly Constant[],
	read: (text: string) => number | null,
): readonly (Constant & { readonly value: number })[] {
	return constants.flatMap((constant) => {
		const value = typeof constant.value === "string" ? read(constant.value) : constant.value;
		return typeof value === "number" && Number.isFinite(value) ? [{ ...constant, value }] : [];
	});
}

function isMath(owner: Expr): boolean {
	return owner.k === "global" && owner.name === "Math";
}

function mathResult(name: string | null, numbers: readonly number[]): number | null {
	const [first] = numbers;
	if (first === undefined) return null;
	switch (name) {
		case "min":
			return Math.min(...numbers);
		case "max":
			return Math.max(...numbers);
		case "round":
			return Math.round(first);
		case "floor":
		case "trunc":
			return Math.floor(first);
		case "ceil":
			return Math.ceil(first);
		default:
			return null;
	}
}

/** Milliseconds per unit that a package's function takes. */
function libraryUnit(linker: Linker, file: string, call: CallFact): number | null {
	for (const value of linker.values(file, call.callee, call.function)) {
		if (value.k !== "external" || value.origin.k === "generated") continue;
		const specifier = value.origin.k === "package" ? value.origin.name : value.origin.specifier;
		const unit = unitTakenBy(specifier, value.path.at(-1) ?? "");
		if (unit !== null) return unit;
	}
	return null;
}
