import type { Model } from "../rules/types.js";
import { makingSite, siteKey } from "../summaries/values.js";
import { type Disconnect, disconnectsIn } from "./disconnects.js";

/** Which clients are closed where, over all analysed files, by the key of the site that makes them. */
export type Closers = ReadonlyMap<string, readonly Disconnect[]>;

export function findClosers({ linker, places }: Model): Closers {
	const closers = new Map<string, Disconnect[]>();
	for (const file of places.callers(["$disconnect", "close"])) {
		for (const disconnect of disconnectsIn(linker, file)) {
			for (const value of linker.values(file, disconnect.receiver, disconnect.fact.function)) {
				const made = makingSite(value);
				if (made === null) continue;
				const key = siteKey(made);
				closers.set(key, [...(closers.get(key) ?? []), disconnect]);
			}
		}
	}
	return closers;
}
