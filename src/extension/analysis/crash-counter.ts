const WINDOW_MS = 3 * 60_000;

/** Decides whether a server that has ended unasked is started again: at most `limit` times within three minutes. */
export class CrashCounter {
	readonly #limit: number;
	#crashes: readonly number[] = [];

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** Counts a crash at `now` (milliseconds). @returns whether to start the server again. */
	crashed(now: number): boolean {
		this.#crashes = [...this.#crashes.filter((time) => now - time < WINDOW_MS), now];
		return this.#crashes.length <= this.#limit;
	}

	/** Forgets what was, when a person starts the server. */
	reset(): void {
		this.#crashes = [];
	}
}
