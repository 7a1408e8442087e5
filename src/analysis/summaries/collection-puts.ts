import type { CallFact, Expr, FileFacts, FunctionId } from "../facts/index.js";
import { nameIndex } from "./name-index.js";

/** `cache.get(id)`: the values that the same file puts there by `cache.set(id, client)`, each with the function it stands in. */
export function putsInto(facts: FileFacts, { callee, args: [key, ...rest] }: CallFact): readonly { value: Expr; at: FunctionId }[] {
	if (callee.k !== "member" || callee.name !== "get" || !key || rest.length > 0) return [];
	return (nameIndex(facts).calls.get("set") ?? []).flatMap((index) => {
		const put = facts.calls[index];
		const [putKey, value] = put?.args ?? [];
		if (put?.callee.k !== "member" || !putKey || !value || !isSamePlace(put.callee.of, callee.of)) return [];
		return areDifferent(key, putKey) ? [] : [{ value, at: put.function }];
	});
}

/** The same name, or the same member of whatever: `this.clients` in one method, `Tenants.clients` in another. */
function isSamePlace(a: Expr, b: Expr): boolean {
	if (a.k === "binding") return b.k === "binding" && a.id === b.id;
	return a.k === "member" && b.k === "member" && a.name !== null && a.name === b.name;
}

function areDifferent(a: Expr, b: Expr): boolean {
	return a.k === "literal" && b.k === "literal" && a.value !== b.value;
}
