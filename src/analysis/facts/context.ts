import { Scope } from "./scope.js";
import type { ClassId, ContextStep, Expr, FunctionId, Sink } from "./types.js";

/** Where the walk stands. Steps are innermost first and reset at each function's body. */
export interface Context {
	readonly function: FunctionId;
	readonly classId: ClassId | null;
	readonly scope: Scope;
	readonly steps: readonly ContextStep[];
}

export function under(context: Context, step: ContextStep): Context {
	return { function: context.function, classId: context.classId, scope: context.scope, steps: [step, ...context.steps] };
}

/** The same place, with names of its own. */
export function inBlock(context: Context): Context {
	return { function: context.function, classId: context.classId, scope: new Scope(context.scope), steps: context.steps };
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

/** A value that is not followed. */
export const UNKNOWN: Expr = { k: "unknown" };
