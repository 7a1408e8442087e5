import type { Estimate } from "./finding.js";

/** What several findings would save together. Ranges add up; sources are named, each once. */
export interface Saving {
	/** MB, from and to. */
	readonly low: number;
	readonly high: number;
	readonly sources: readonly string[];
}

export function sumOfSavings(estimates: Iterable<Estimate | null>): Saving {
	let low = 0;
	let high = 0;
	const sources = new Set<string>();
	for (const estimate of estimates) {
		if (estimate === null) continue;
		low += estimate.megabytes[0];
		high += estimate.megabytes[1];
		sources.add(estimate.source);
	}
	return { low, high, sources: [...sources] };
}

/** `≈ 33–48 MB`; null where nothing is known. */
export function savingText({ low, high }: Saving): string | null {
	if (high <= 0) return null;
	const from = figure(low);
	const to = figure(high);
	return `≈ ${from === to ? to : `${from}–${to}`} MB`;
}

/** The larger saving first. */
export function bySaving(a: Saving, b: Saving): number {
	return b.high - a.high || b.low - a.low;
}

/** At most three significant digits. */
function figure(megabytes: number): string {
	return Number(megabytes.toPrecision(megabytes >= 100 ? 3 : 2)).toLocaleString("en");
}
