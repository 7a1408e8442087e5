import type { CallFact, Expr, FunctionId } from "../facts/index.js";
import { isClientFunction } from "./client-functions.js";
import { putsInto } from "./collection-puts.js";
import type { Linker } from "./linker.js";
import { proxiedClient } from "./proxied-client.js";
import { MAX_DEPTH, NOTHING, truncated, union } from "./value-limits.js";
import type { Value } from "./values.js";

/** What a call yields: what is kept there, what the function returns, or what a package makes. */
export function callValues(linker: Linker, file: string, id: number, depth: number): readonly Value[] {
	const call = linker.facts(file)?.calls[id];
	if (!call) return NOTHING;
	// An extended client is the client; asking for the method as well would double the work with each link of a chain.
	if (call.callee.k === "member" && call.callee.name === "$extends") return linker.values(file, call.callee.of, call.function, depth + 1);
	const callees = linker.values(file, call.callee, call.function, depth + 1);
	const kept = keptIn(linker, file, call, depth + 1);
	if (kept.length > 0) return kept;
	return union(
		callees.map((callee) =>
			isClientFunction(callee)
				? [{ k: "instance", of: callee, file, id: null, call: id }]
				: product(linker, callee, file, call.args, call.function, depth + 1),
		),
	);
}

/** `cache.get(id)`: what this file puts in. */
function keptIn(linker: Linker, file: string, call: CallFact, depth: number): readonly Value[] {
	const facts = linker.facts(file);
	return facts ? union(putsInto(facts, call).map(({ value, at }) => linker.values(file, value, at, depth + 1))) : NOTHING;
}

function product(linker: Linker, callee: Value, file: string, args: readonly Expr[], at: FunctionId, depth: number): readonly Value[] {
	if (callee.k === "function") {
		const returned = returnedValues(linker, callee, depth);
		const isKnown = returned.some((value) => value.k !== "global" && value.k !== "product");
		return isKnown ? returned : [...returned, ...returnedByArguments(linker, file, args, at, depth)];
	}
	if (callee.k === "external" || callee.k === "global" || callee.k === "product") return [{ k: "product", of: callee, members: [] }];
	return NOTHING;
}

/** A helper that returns what its callback makes: `singleton("db", () => new PrismaClient())`. */
function returnedByArguments(linker: Linker, file: string, args: readonly Expr[], at: FunctionId, depth: number): readonly Value[] {
	const functions = args.flatMap((argument) =>
		argument.k === "function" || argument.k === "binding" ? linker.values(file, argument, at, depth + 1) : [],
	);
	return union(functions.map((value) => (value.k === "function" ? returnedValues(linker, value, depth + 1) : NOTHING)));
}

/** What a function returns. */
export function returnedValues(linker: Linker, value: Value & { k: "function" }, depth: number): readonly Value[] {
	const fact = linker.facts(value.file)?.functions[value.id];
	if (!fact) return NOTHING;
	if (depth > MAX_DEPTH) return truncated(linker);
	return union(fact.returns.map((expression) => linker.values(value.file, expression, value.id, depth + 1)));
}

/** What a `new` yields: an instance, or what a proxy stands for. */
export function newValues(linker: Linker, file: string, id: number, depth: number): readonly Value[] {
	const fact = linker.facts(file)?.news[id];
	if (!fact) return NOTHING;
	if (fact.callee.k === "global" && fact.callee.name === "Proxy") return proxiedClient(linker, file, depth);
	return linker.values(file, fact.callee, fact.function, depth + 1).map((of): Value => ({ k: "instance", of, file, id }));
}
