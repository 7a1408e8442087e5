import type { Scope } from "./scope.js";
import type { ClassId, ContextStep, FunctionId, Sink } from "./types.js";

/** Where the walk stands. Steps are innermost first and reset at each function's body. */
export interface Context {
	readonly function: FunctionId;
	readonly classId: ClassId | null;
	readonly scope: Scope;
	readonly steps: readonly ContextStep[];
}

export function under(context: Context, step: ContextStep): Context {
	return { ...context, steps: [step, ...context.steps] };
}

/** What the walk tells an expression about its surroundings. */
export interface Place {
	readonly sink: Sink;
	readonly awaited: boolean;
}

export const OTHER: Place = { sink: { k: "other" }, awaited: false };
export const RETURNED: Place = { sink: { k: "return" }, awaited: false };
export const DISCARDED: Place = { sink: { k: "discarded" }, awaited: false };

export function into(sink: Sink): Place {
	return { sink, awaited: false };
}
