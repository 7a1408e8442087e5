/** What each of something takes, by two levels between which its number differs. */

/** The median of what was measured, the lowest and the highest. */
export interface Spread {
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

export interface CountedRss {
	readonly count: number;
	/** Bytes of rss. */
	readonly rss: Spread;
}

export function spreadOf(values: readonly number[]): Spread | null {
	const sorted = [...values].sort((a, b) => a - b);
	const [low, value, high] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
	return low === undefined || value === undefined || high === undefined ? null : { value, low, high };
}

/** Bytes that came with each one more, whatever else grew meanwhile included; null where there are no more, or no bytes came. */
export function riseEach(fewer: CountedRss, more: CountedRss): Spread | null {
	const came = more.count - fewer.count;
	const rise = more.rss.value - fewer.rss.value;
	if (came < 1 || rise <= 0) return null;
	return {
		value: rise / came,
		low: Math.max(0, more.rss.low - fewer.rss.high) / came,
		high: (more.rss.high - fewer.rss.low) / came,
	};
}
