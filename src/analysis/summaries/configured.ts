import type { Expr } from "../facts/index.js";
import type { Linker } from "./linker.js";

const MAX_DEPTH = 8;

/**
 * What comes before a default where it is read at run time, as written: `parsed.limit` of `parsed.limit ?? 20` when `parsed` is
 * a call's result or another package's. Null for a parameter and a field, which callers may as well leave out: the default is then
 * the value.
 */
export function configuredName(linker: Linker, file: string, expression: Expr, depth = 0): string | null {
	if (depth > MAX_DEPTH) return null;
	const facts = linker.facts(file);
	switch (expression.k) {
		case "binding": {
			const binding = facts?.bindings[expression.id];
			if (!binding || (binding.kind !== "const" && binding.kind !== "import")) return null;
			const isRead = binding.kind === "import" || (binding.init !== null && configuredName(linker, file, binding.init, depth + 1) !== null);
			return isRead ? binding.name : null;
		}
		case "member": {
			const owner = configuredName(linker, file, expression.of, depth + 1);
			return owner !== null && expression.name !== null ? `${owner}.${expression.name}` : null;
		}
		case "call": {
			const call = facts?.calls[expression.id];
			if (call?.callee.k === "global") {
				const [first] = call.args;
				return first ? configuredName(linker, file, first, depth + 1) : null;
			}
			const callee = call ? calleeText(linker, file, call.callee) : null;
			return callee === null ? null : `${callee}()`;
		}
		default:
			return null;
	}
}

function calleeText(linker: Linker, file: string, callee: Expr): string | null {
	if (callee.k === "this") return "this";
	if (callee.k === "binding") return linker.facts(file)?.bindings[callee.id]?.name ?? null;
	if (callee.k !== "member" || callee.name === null) return null;
	const owner = calleeText(linker, file, callee.of);
	return owner === null ? callee.name : `${owner}.${callee.name}`;
}
