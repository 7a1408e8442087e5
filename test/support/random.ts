/** A small generator with a seed, so that a failure can be run again. */
export class Random {
	#state: number;

	constructor(readonly seed: number) {
		this.#state = seed;
	}

	/** From 0 up to and without 1. */
	next(): number {
		this.#state = (this.#state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
		return this.#state / 4_294_967_296;
	}

	/** From 0 up to and without `count`. */
	below(count: number): number {
		return Math.floor(this.next() * count);
	}

	/** @throws when there is nothing to choose from. */
	pick<T>(items: readonly T[]): T {
		const item = items[this.below(items.length)];
		if (item === undefined) throw new Error("There is nothing to choose from.");
		return item;
	}

	chance(share: number): boolean {
		return this.next() < share;
	}
}
