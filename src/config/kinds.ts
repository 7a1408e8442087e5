import { type Guard, isBoolean, isInteger, isString } from "../protocol/index.js";
import type { Spot } from "./spot.js";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a setting's value can be: as JSON Schema for editors, and read off a document. */
export interface Kind<T> {
	readonly json: JsonSchema;
	/** What `value` says, over what is `under` it. What cannot be used is reported at `spot` and leaves `under` as it is. */
	read(value: unknown, under: T, spot: Spot): T;
}

/** A value that is taken as a whole. */
export interface Atom<T> extends Kind<T> {
	readonly accepts: Guard<T>;
	/** Goes on from "it …": `takes a whole number over 0`. */
	readonly takes: string;
}

function atom<T>(takes: string, json: JsonSchema, accepts: Guard<T>): Atom<T> {
	return {
		takes,
		json,
		accepts,
		read(value, under, spot) {
			if (accepts(value)) return value;
			if (value !== null) spot.report(`is ${show(value)}; it ${takes}. Until then it counts as ${show(under)}.`);
			return under;
		},
	};
}

export const flag: Atom<boolean> = atom("can be true or false", { type: "boolean" }, isBoolean);

export function oneOf<const T extends string>(options: readonly T[], descriptions?: readonly string[]): Atom<T> {
	const names = options.map((name) => `"${name}"`);
	const json = { type: "string", enum: options, ...(descriptions ? { enumDescriptions: descriptions } : {}) };
	const takes = `can be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
	return atom(takes, json, (value): value is T => options.some((option) => option === value));
}

export function wholeNumber(low: number, high = Number.MAX_SAFE_INTEGER): Atom<number> {
	const isBounded = high < Number.MAX_SAFE_INTEGER;
	const takes = isBounded ? `takes a whole number from ${low} to ${high}` : `takes a whole number from ${low} up`;
	return atom(takes, { type: "integer", minimum: low, ...(isBounded ? { maximum: high } : {}) }, isInteger(low, high));
}

/** A number that may also be unknown, which is null. */
export function numberOrUnknown({ takes, json, accepts }: Atom<number>): Atom<number | null> {
	const accept = (value: unknown): value is number | null => value === null || accepts(value);
	return atom(`${takes}, or null when it is not known`, { ...json, type: [json.type, "null"] }, accept);
}

/** Text with something in it. `what` names it: `a glob`. */
export function text(what: string): Atom<string> {
	return atom(`takes ${what}`, { type: "string", minLength: 1 }, (value): value is string => isString(value) && value.trim() !== "");
}

/** A value as it stands in a file, cut where it is long. */
export function show(value: unknown): string {
	const shown = JSON.stringify(value) ?? String(value);
	return shown.length <= 60 ? shown : `${shown.slice(0, 57)}…`;
}
