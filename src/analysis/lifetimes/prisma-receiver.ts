import type { FileFacts, FunctionId } from "../facts/index.js";
import type { FileModel } from "../rules/types.js";
import { rootsOf } from "../summaries/retention.js";
import type { Hook } from "./event-handlers.js";
import { isWithin } from "./expressions.js";

/** Whether a hook is put on a client that is made right there, so that it goes with that client. */
export function isOnOwnClient({ linker }: FileModel, hook: Hook): boolean {
	const facts = linker.facts(hook.file);
	if (!facts) return false;
	if (hook.receiver.k === "this" && isInstanceCode(facts, hook.function)) return true;
	return linker.values(hook.file, hook.receiver, hook.function).some((value) => {
		if (value.k !== "instance" || value.id === null) return false;
		const made = linker.facts(value.file)?.news[value.id];
		return value.file === hook.file && made !== undefined && made.function !== 0 && isWithin(facts, hook.function, made.function);
	});
}

function isInstanceCode(facts: FileFacts, at: FunctionId): boolean {
	const kind = facts.functions[at]?.kind;
	return kind === "constructor" || kind === "field";
}

/** Whether a place runs once only because it looks at, and sets, a flag or slot of its own: `if (!hooked) { hooked = true; … }`. */
export function isGuardedOnce(
	facts: FileFacts,
	{ context, function: at }: { context: FileFacts["calls"][number]["context"]; function: FunctionId },
): boolean {
	const guards = context.flatMap((step) => (step.k === "branch" ? rootsOf(facts, step.condition, at) : []));
	if (guards.length === 0) return false;
	const set = facts.assignments.filter((fact) => fact.function === at).flatMap((fact) => rootsOf(facts, fact.target, at));
	return set.some((root) => !root.startsWith("local") && guards.includes(root));
}
