/** What a suite of `npm test` came to. */
export interface Outcome {
	readonly passed: number;
	readonly failed: number;
	/** Left out by the suite itself; said aloud, never counted as passed. */
	readonly skipped: number;
}

export interface Suite {
	readonly name: string;
	/** Rejects when the suite could not run: that counts as one failure. */
	run(): Promise<Outcome>;
}
