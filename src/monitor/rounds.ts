import type { Sample } from "../protocol/index.js";

/**
 * The latest sample of each of several sessions. They come one after the other: a round is over when each has told once, or when one
 * tells again, which lets one that is silent wait for itself.
 */
export class Rounds<K> {
	private readonly known = new Map<K, Sample>();
	private readonly round = new Set<K>();

	/** In the order in which they first told. */
	get sessions(): readonly K[] {
		return [...this.known.keys()];
	}

	/** In the same order. */
	get latest(): readonly Sample[] {
		return [...this.known.values()];
	}

	/** @returns whether a round is over with this sample, which may begin the next one */
	take(session: K, sample: Sample): boolean {
		const again = this.round.has(session);
		if (again) this.round.clear();
		this.round.add(session);
		this.known.set(session, sample);
		if (this.round.size < this.known.size) return again;
		this.round.clear();
		return true;
	}

	forget(session: K): void {
		this.known.delete(session);
		this.round.delete(session);
	}
}
