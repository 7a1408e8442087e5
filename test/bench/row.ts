/** One measure: `ratio` is what was measured over what it is measured against, both from the same run. */
export interface BenchRow {
	readonly name: string;
	readonly ratio: number;
	/** The ratio may not be greater than this. */
	readonly bound: number;
	/** The two figures behind the ratio, with their units. */
	readonly detail: string;
}
