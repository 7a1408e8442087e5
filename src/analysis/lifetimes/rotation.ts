import type { AssignmentFact, BindingId, Expr, FileFacts } from "../facts/index.js";
import type { FileModel } from "../rules/types.js";
import { functionClass } from "../summaries/class-members.js";
import { isEmpty, type Value } from "../summaries/values.js";
import type { Disconnect } from "./disconnects.js";
import { isSame } from "./expressions.js";

/**
 * Whether the client that a call closes is one that a fresh one takes the place of: `const old = this.client; this.client = new …`.
 * Closing the old one is then no mistake. A place that is filled because it was empty is a lazy singleton's.
 */
export function isRotated(model: FileModel, { file, fact }: Disconnect, client: Value): boolean {
	const facts = model.linker.facts(file);
	const owner = functionClass(model.linker, file, fact.function);
	const isFresh = (value: Value): boolean => {
		if (value.k !== "instance") return false;
		if (client.k === "instance" && value.file === client.file && value.id === client.id && value.call === client.call) return true;
		return owner !== null && value.of.k === "class" && value.of.file === file && value.of.id === owner;
	};
	return (facts?.assignments ?? []).some(
		(assignment) =>
			facts !== undefined && isSwap(facts, assignment) && model.linker.values(file, assignment.value, assignment.function).some(isFresh),
	);
}

/** Whether the function takes out what was there before it puts something else there. */
function isSwap(facts: FileFacts, { target, op, function: at, context }: AssignmentFact): boolean {
	if (op !== "=" || (target.k !== "member" && target.k !== "binding")) return false;
	const old = facts.bindings.findIndex(({ owner, init }) => owner === at && init !== null && isSame(init, target));
	return old >= 0 && !context.some((step) => step.k === "branch" && asksWhether(step.condition, target, old));
}

/** `this.client`, `!old`, `old === undefined`, `old && …`: a test of whether anything is there. */
function asksWhether(condition: Expr, target: Expr, old: BindingId): boolean {
	if (condition.k === "not") return asksWhether(condition.of, target, old);
	if (condition.k === "either") return condition.items.some((item) => asksWhether(item, target, old));
	if (condition.k === "binary") {
		const sides = [condition.left, condition.right];
		return sides.some(isEmpty) && sides.some((side) => asksWhether(side, target, old));
	}
	return isSame(condition, target) || (condition.k === "binding" && condition.id === old);
}
