import type { Expr, FileFacts, FunctionId, Sink } from "../facts/index.js";

const MAX_DEPTH = 12;

/** Whether any part of an expression satisfies `test`; calls and constants are looked into as far as their arguments and initialisers. */
export function somePart(facts: FileFacts, expression: Expr, test: (part: Expr) => boolean, depth = 0): boolean {
	if (test(expression)) return true;
	if (depth > MAX_DEPTH) return false;
	return partsOf(facts, expression).some((part) => somePart(facts, part, test, depth + 1));
}

function partsOf(facts: FileFacts, expression: Expr): readonly Expr[] {
	switch (expression.k) {
		case "binding": {
			const binding = facts.bindings[expression.id];
			return binding?.kind === "const" && binding.init ? [binding.init] : [];
		}
		case "member":
			return expression.index ? [expression.of, expression.index] : [expression.of];
		case "not":
			return [expression.of];
		case "object":
			return [...expression.entries.map((entry) => entry.value), ...expression.spreads];
		case "array":
		case "either":
			return expression.items;
		case "template":
			return expression.values;
		case "binary":
			return [expression.left, expression.right];
		case "assign":
			return [expression.target, expression.value];
		case "call": {
			const call = facts.calls[expression.id];
			return call ? [call.callee, ...call.args] : [];
		}
		case "new":
			return facts.news[expression.id]?.args ?? [];
		default:
			return [];
	}
}

/** Whether `inner` is `outer` or stands inside it. */
export function isWithin(facts: FileFacts, inner: FunctionId, outer: FunctionId): boolean {
	for (let id: FunctionId | null = inner; id !== null; id = facts.functions[id]?.parent ?? null) if (id === outer) return true;
	return false;
}

/** Where a value ends up once the calls chained on it are left out. */
export function endOf(sink: Sink): Sink {
	return sink.k === "receiver" ? endOf(sink.outer) : sink;
}

/** Whether two expressions of one file are written for the same place: `this.history`, a name. */
export function isSame(a: Expr, b: Expr): boolean {
	if (a.k === "member" && b.k === "member") return a.name !== null && a.name === b.name && isSame(a.of, b.of);
	return (a.k === "this" && b.k === "this") || (a.k === "binding" && b.k === "binding" && a.id === b.id);
}
