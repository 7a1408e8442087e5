import type { Sample } from "./sample.js";

/** Index of the first of the samples from index `start` on, which are in order of time, at or after `t`; the length when there is none. */
export function firstAt(samples: readonly Sample[], t: number, start = 0): number {
	let low = start;
	let high = samples.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const sample = samples[middle];
		if (sample !== undefined && sample.t < t) low = middle + 1;
		else high = middle;
	}
	return low;
}
