import { isRecord } from "../protocol/index.js";
import { type Atom, type Kind, show } from "./kinds.js";
import { suggestion } from "./nearest.js";
import type { Spot } from "./spot.js";

/** A list, which takes the place of the one under it. Entries of another kind are passed over. `example` is the list's text. */
export function listOf<T>(entry: Atom<T>, what: string, example: string): Kind<readonly T[]> {
	return {
		json: { type: "array", items: entry.json },
		read(value, under, spot) {
			if (value === null) return under;
			if (!Array.isArray(value)) {
				spot.report(`is ${show(value)}; it takes a list of ${what}, such as ${example}. Until then it counts as ${show(under)}.`);
				return under;
			}
			const usable = value.filter(entry.accepts);
			if (usable.length < value.length) {
				spot.report(`holds entries that are no ${what}; they are passed over. It takes a list such as ${example}.`);
			}
			return usable;
		},
	};
}

/** A table whose keys are up to the person; its entries go over those of the table under it, and after them. */
export function tableOf<T>(entry: Atom<T>, otherwise: string): Kind<Readonly<Record<string, T>>> {
	return {
		json: { type: "object", additionalProperties: entry.json },
		read(value, under, spot) {
			const result = new Map(Object.entries(under));
			for (const [key, item] of entriesOf(value, spot)) {
				const usable = readEntry(entry, item, otherwise, spot.at(key));
				if (usable === null) continue;
				result.delete(key);
				result.set(key, usable.value);
			}
			return Object.fromEntries(result);
		},
	};
}

/** A table of things that are known by name (`noun`: "rule"); those it leaves out keep what is under them. */
export function tableFor<K extends string, T>(
	keys: readonly K[],
	noun: string,
	entry: Atom<T>,
	otherwise: string,
): Kind<Readonly<Partial<Record<K, T>>>> {
	return {
		json: { type: "object", properties: Object.fromEntries(keys.map((key) => [key, entry.json])), additionalProperties: false },
		read(value, under, spot) {
			const result: Partial<Record<K, T>> = { ...under };
			for (const [name, item] of entriesOf(value, spot)) {
				const key = keys.find((known) => known === name);
				if (key === undefined) spot.at(name).report(`names no ${noun}${suggestion(name, keys)}`);
				const usable = key === undefined ? null : readEntry(entry, item, otherwise, spot.at(name));
				if (key !== undefined && usable !== null) result[key] = usable.value;
			}
			return result;
		},
	};
}

/** A table with a kind for each of its keys; what it leaves out stays as it is under it. */
export function shape<T extends object>(fields: { readonly [K in keyof T]: Kind<T[K]> }): Kind<T> {
	const properties: Record<string, unknown> = {};
	for (const key in fields) properties[key] = fields[key].json;
	const names = Object.keys(properties);
	return {
		json: { type: "object", properties, additionalProperties: false },
		read(value, under, spot) {
			const result = { ...under };
			const items = new Map(entriesOf(value, spot));
			for (const name of items.keys()) if (!names.includes(name)) spot.at(name).report(`is unknown${suggestion(name, names)}`);
			for (const key in fields) if (items.has(key)) result[key] = fields[key].read(items.get(key), under[key], spot.at(key));
			return result;
		},
	};
}

/** The entries of a table; none, and a report, when it is none. */
export function entriesOf(value: unknown, spot: Spot): readonly (readonly [string, unknown])[] {
	if (isRecord(value)) return Object.entries(value);
	if (value !== null) spot.report(`is ${show(value)}; it takes a table in braces. Until then it is passed over.`);
	return [];
}

function readEntry<T>(entry: Atom<T>, item: unknown, otherwise: string, spot: Spot): { readonly value: T } | null {
	if (entry.accepts(item)) return { value: item };
	spot.report(`is ${show(item)}; it ${entry.takes}. Until then ${otherwise}.`);
	return null;
}
