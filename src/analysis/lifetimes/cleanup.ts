import type { FileFacts, FunctionId } from "../facts/index.js";
import type { FileModel } from "../rules/types.js";
import type { FunctionRef } from "../summaries/values.js";
import type { Disconnect } from "./disconnects.js";

/** Names that a framework or the language calls by itself. */
const CALLED_BY_OTHERS =
	/^(onModuleDestroy|onApplicationShutdown|beforeApplicationShutdown|ngOnDestroy|destroy|_destroy|componentWillUnmount|dispose|onClose|constructor)$/;

/** The method of the class that a `$disconnect` stands in; null outside methods. */
export function cleanupMethod(facts: FileFacts, { fact }: Disconnect): FunctionId | null {
	for (let id: FunctionId | null = fact.function; id !== null && id !== 0; id = facts.functions[id]?.parent ?? null) {
		if (facts.functions[id]?.kind === "method") return id;
	}
	return null;
}

/** Whether somebody calls a cleanup method, or may: a framework, a call that cannot be followed, or another method of the class. */
export function isCleanupCalled(model: FileModel, ref: FunctionRef): boolean {
	const facts = model.linker.facts(ref.file);
	const fact = facts?.functions[ref.id];
	if (!facts || !fact) return true;
	const name = fact.name ?? "";
	if (name === "" || CALLED_BY_OTHERS.test(name) || fact.decorators.length > 0) return true;
	if (model.calls.callersOf(ref).length > 0) return true;
	const className = fact.classId === null ? null : (facts.classes[fact.classId]?.name ?? null);
	return model.places.files("calls", name).some((file) => mayCall(model, file, name, className, ref.file));
}

/** A call of that name on something unknown, in a file that speaks of the class. */
function mayCall(model: FileModel, file: string, method: string, className: string | null, home: string): boolean {
	const facts = model.linker.facts(file);
	if (!facts || (file !== home && !facts.bindings.some((binding) => binding.imported && binding.name === className))) return false;
	return facts.calls.some(
		(call) =>
			call.callee.k === "member" && call.callee.name === method && model.linker.values(file, call.callee.of, call.function).length === 0,
	);
}
