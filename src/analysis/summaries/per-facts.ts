import type { FileFacts } from "../facts/index.js";

/**
 * What follows from the facts of one file, kept until the file has others. By path and not in a `WeakMap`: there a value that leads back
 * to its key keeps both until V8 collects its whole heap.
 */
export class PerFacts<T> {
	readonly #known = new Map<string, { readonly facts: FileFacts; readonly value: T }>();

	constructor(private readonly derive: (facts: FileFacts) => T) {}

	of(facts: FileFacts): T {
		const known = this.#known.get(facts.path);
		if (known?.facts === facts) return known.value;
		const value = this.derive(facts);
		this.#known.set(facts.path, { facts, value });
		return value;
	}
}
