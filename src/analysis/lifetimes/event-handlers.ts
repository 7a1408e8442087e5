import type { Expr, FunctionId, Span } from "../facts/index.js";
import type { Linker } from "../summaries/linker.js";
import { nameIndex, withoutBind } from "../summaries/name-index.js";
import type { FunctionRef } from "../summaries/values.js";

export type HookMethod = "$on" | "$use" | "$extends";

/** A call that hooks a function into a client. */
export interface Hook {
	readonly file: string;
	/** Index of the call in its file. */
	readonly call: number;
	readonly method: HookMethod;
	/** From the method's name on: `$on("query", …)`. */
	readonly span: Span;
	readonly function: FunctionId;
	/** What it is called on. */
	readonly receiver: Expr;
	/** The functions that run per event or query. */
	readonly handlers: readonly FunctionRef[];
}

const MAX_DEPTH = 4;

export function hooksIn(linker: Linker, file: string): Hook[] {
	const facts = linker.facts(file);
	if (!facts) return [];
	const { calls } = nameIndex(facts);
	const named = ["$on", "$use", "$extends"].flatMap((name) => calls.get(name) ?? []).sort((a, b) => a - b);
	return named.flatMap((call): Hook[] => {
		const fact = facts.calls[call];
		if (fact?.callee.k !== "member" || !isHook(fact.callee.name)) return [];
		const { callee, calleeSpan, args, function: at } = fact;
		const method = fact.callee.name;
		const handler = method === "$on" ? args[1] : args[0];
		const given = method === "$extends" && handler ? queryHandlers(linker, file, handler, at) : handler;
		const values = given === undefined ? [] : Array.isArray(given) ? given : functionsOf(linker, file, given, at);
		return [
			{
				file,
				call,
				method,
				span: { start: calleeSpan.end - method.length, end: calleeSpan.end },
				function: at,
				receiver: callee.of,
				handlers: values,
			},
		];
	});
}

function isHook(name: string | null): name is HookMethod {
	return name === "$on" || name === "$use" || name === "$extends";
}

/** Functions of an extension's `query` part; other parts run only when somebody calls them. */
function queryHandlers(linker: Linker, file: string, extension: Expr, at: FunctionId): FunctionRef[] {
	return linker.values(file, extension, at).flatMap((value) => {
		const query = value.k === "object" ? value.expression.entries.find((entry) => entry.key === "query") : undefined;
		return query && value.k === "object" ? functionsOf(linker, value.file, query.value, value.at) : [];
	});
}

function functionsOf(linker: Linker, file: string, expression: Expr, at: FunctionId, depth = 0): FunctionRef[] {
	if (depth > MAX_DEPTH) return [];
	if (expression.k === "object") return expression.entries.flatMap((entry) => functionsOf(linker, file, entry.value, at, depth + 1));
	const facts = linker.facts(file);
	const unbound = facts ? withoutBind(facts, expression) : expression;
	if (unbound !== expression) return functionsOf(linker, file, unbound, at, depth + 1);
	return linker.values(file, expression, at).flatMap((value): FunctionRef[] => {
		if (value.k === "function") return [{ file: value.file, id: value.id }];
		return value.k === "object" ? functionsOf(linker, value.file, value.expression, value.at, depth + 1) : [];
	});
}

const MAX_CALLS = 5;

/** A function and all that it calls or holds, as far as the sources say. */
export function reachedFrom(linker: Linker, start: readonly FunctionRef[]): readonly FunctionRef[] {
	const found = new Map<string, FunctionRef>();
	let open = start;
	for (let depth = 0; depth < MAX_CALLS && open.length > 0; depth++) {
		const next: FunctionRef[] = [];
		for (const ref of open) {
			const key = `${ref.file}#${ref.id}`;
			const facts = linker.facts(ref.file);
			if (found.has(key) || !facts) continue;
			found.set(key, ref);
			facts.functions.forEach((fact, id) => {
				if (fact.parent === ref.id) next.push({ file: ref.file, id });
			});
			for (const call of facts.calls) {
				if (call.function !== ref.id) continue;
				for (const value of linker.values(ref.file, call.callee, ref.id)) {
					if (value.k === "function") next.push({ file: value.file, id: value.id });
				}
			}
		}
		open = next;
	}
	return [...found.values()];
}
