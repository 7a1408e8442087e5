import type { Linker } from "./linker.js";
import type { Value } from "./values.js";

/** How far a value is followed. */
export const MAX_DEPTH = 24;
/** How many values an expression may stand for. */
const MAX_VALUES = 8;
export const NOTHING: readonly Value[] = [];

/** One of several parts' values. */
export function union(parts: readonly (readonly Value[])[]): readonly Value[] {
	return parts.flat().slice(0, MAX_VALUES);
}

/** What is too deep to be followed yields nothing, which nobody may remember. */
export function truncated({ derivations }: Linker): readonly Value[] {
	derivations.truncated();
	return NOTHING;
}
