import type { BindingId, FunctionId } from "../facts/index.js";
import type { Linker } from "./linker.js";
import { type Handle, UNKNOWN } from "./transaction-handle.js";
import type { FunctionRef } from "./values.js";

/** A function as one call of it runs: what its parameters (and those around it) were given. */
export interface Frame {
	readonly file: string;
	readonly id: FunctionId;
	readonly env: ReadonlyMap<BindingId, Handle>;
	/** Whether `this` was built on the transaction's client: `new Orders(tx)`. */
	readonly onTransaction: boolean;
	/** The instance that is `this`, by the clients it was built on: `new Orders(prisma)`; unknown where it was built on none. */
	readonly self: Handle;
}

/** Arguments and receiver of one call. */
export interface Passed {
	readonly given: readonly Handle[];
	/** What a parameter is that has no argument. */
	readonly missing: Handle;
	readonly on: Handle;
}

/** The frame of a callee, with its parameters bound to what a call in `frame` passed. */
export function enter(linker: Linker, target: FunctionRef, { given, missing, on }: Passed, frame: Frame): Frame {
	return frameOf(linker, target, (index) => given[index] ?? missing, frame, { onTransaction: on.k === "tx", self: on });
}

/** The frame of a callback whose arguments are not known. */
export function enterCallback(linker: Linker, target: FunctionRef, frame: Frame): Frame {
	const { onTransaction, self } = target.file === frame.file ? frame : { onTransaction: false, self: UNKNOWN };
	return frameOf(linker, target, () => UNKNOWN, frame, { onTransaction, self });
}

function frameOf(
	linker: Linker,
	target: FunctionRef,
	given: (index: number) => Handle,
	outer: Frame,
	on: Pick<Frame, "onTransaction" | "self">,
): Frame {
	const facts = linker.facts(target.file);
	const env = new Map<BindingId, Handle>();
	if (target.file === outer.file) for (const [id, handle] of outer.env) if (sees(linker, target, id)) env.set(id, handle);
	for (const [index, id] of (facts?.functions[target.id]?.params ?? []).entries()) env.set(id, given(index));
	const sharesThis = facts?.functions[target.id]?.kind !== "method" && target.file === outer.file;
	return {
		file: target.file,
		id: target.id,
		env,
		onTransaction: on.onTransaction || (sharesThis && outer.onTransaction),
		self: on.self.k === "object" ? on.self : sharesThis ? outer.self : UNKNOWN,
	};
}

/** Whether a binding is declared by a function around `target`. */
function sees(linker: Linker, target: FunctionRef, id: BindingId): boolean {
	const facts = linker.facts(target.file);
	const owner = facts?.bindings[id]?.owner;
	for (let at: FunctionId | null = target.id; at !== null && facts; at = facts.functions[at]?.parent ?? null) if (at === owner) return true;
	return false;
}
