import type { ContextStep, Expr } from "../facts/index.js";
import { type Handle, presence } from "./transaction-handle.js";

/** What an expression is in the call of the function that it stands in. */
type Seen = (expression: Expr) => Handle;

/** Whether a place can be reached with what the frame was given: `if (tx) return …` ends a call that passes one. */
export function reachable(context: readonly ContextStep[], of: Seen): boolean {
	return context.every((step) => {
		if (step.k !== "branch" || step.op === "switch") return true;
		const holds = truth(step.condition, of);
		return holds === null || holds !== step.negated;
	});
}

function truth(condition: Expr, of: Seen): boolean | null {
	if (condition.k === "not") {
		const inner = truth(condition.of, of);
		return inner === null ? null : !inner;
	}
	if (condition.k === "either" && condition.op !== "?:") {
		const parts = condition.items.map((item) => truth(item, of));
		if (condition.op === "&&") return parts.includes(false) ? false : parts.every((part) => part === true) ? true : null;
		return parts.includes(true) ? true : parts.every((part) => part === false) ? false : null;
	}
	if (condition.k === "binary") return comparison(condition, of);
	return presence(of(condition));
}

/** `tx !== undefined`, `tx == null`, `"$transaction" in db`. */
function comparison({ op, left, right }: Expr & { k: "binary" }, of: Seen): boolean | null {
	if (op === "in" && left.k === "literal" && left.value === "$transaction") {
		const owner = of(right);
		return owner.k === "outer" ? true : owner.k === "tx" ? false : null;
	}
	const equality = /^(!|=)==?$/.exec(op)?.[1];
	const isNothing = (side: Expr): boolean =>
		(side.k === "global" && side.name === "undefined") || (side.k === "literal" && side.value === null);
	const tested = isNothing(right) ? left : isNothing(left) ? right : null;
	if (!equality || !tested) return null;
	const present = presence(of(tested));
	return present === null ? null : equality === "!" ? present : !present;
}
