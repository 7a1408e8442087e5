import { openDatabaseConnections } from "./connections.js";
import { firstAt } from "./first-at.js";
import type { Sample } from "./sample.js";

/** What the charts show peaks of; null where it was not measured. */
type Measure = (sample: Sample) => number | null;

const LOWS_AND_HIGHS: readonly Measure[] = [({ memory }) => memory.rss, openDatabaseConnections];
const HIGHS: readonly Measure[] = [
	({ memory }) => memory.external,
	({ clients }) => clients?.live ?? null,
	({ queries }) => queries?.duration?.p95 ?? null,
	({ transactions }) => transactions?.open ?? null,
	({ eventLoop }) => eventLoop?.delay?.max ?? null,
];
/** Samples that a bucket keeps at most. */
export const KEPT_PER_BUCKET = 2 * LOWS_AND_HIGHS.length + HIGHS.length;

/**
 * Thins samples to the extremes of each bucket of `bucketMs`: those with the lowest and highest rss and number of database connections,
 * and the highest of what else is drawn, at most `KEPT_PER_BUCKET`. They are real samples, so no peak is lost and no value is made up.
 * Buckets are aligned to the epoch, so a view that slides does not flicker.
 */
export function decimate(samples: readonly Sample[], bucketMs: number): readonly Sample[] {
	return new Decimation(bucketMs).of(samples);
}

interface Bucket {
	readonly first: Sample;
	readonly last: Sample;
	readonly extremes: readonly Sample[];
}

/** Decimation of a view that slides: buckets that are the same as the last time are not gone through again. */
export class Decimation {
	#known: ReadonlyMap<number, Bucket> = new Map();

	constructor(readonly bucketMs: number) {}

	of(samples: readonly Sample[]): readonly Sample[] {
		const buckets = new Map<number, Bucket>();
		for (let start = 0, first = samples[0]; first !== undefined; first = samples[start]) {
			const number = Math.floor(first.t / this.bucketMs);
			const end = firstAt(samples, (number + 1) * this.bucketMs, start + 1);
			const last = samples[end - 1] ?? first;
			const known = this.#known.get(number);
			const same = known !== undefined && known.first === first && known.last === last;
			buckets.set(number, same ? known : { first, last, extremes: extremes(samples.slice(start, end)) });
			start = end;
		}
		this.#known = buckets;
		return [...buckets.values()].flatMap((bucket) => bucket.extremes);
	}
}

function extremes(samples: readonly Sample[]): readonly Sample[] {
	if (samples.length <= 2) return samples;
	const chosen = new Set<Sample | null>();
	for (const measure of LOWS_AND_HIGHS) {
		chosen.add(highest(samples, measure, -1));
		chosen.add(highest(samples, measure, 1));
	}
	for (const measure of HIGHS) chosen.add(highest(samples, measure, 1));
	return samples.filter((sample) => chosen.has(sample));
}

/** The first sample with the highest value times `sign`; null where none was measured. */
function highest(samples: readonly Sample[], measure: Measure, sign: 1 | -1): Sample | null {
	let found: Sample | null = null;
	let peak = Number.NEGATIVE_INFINITY;
	for (const sample of samples) {
		const value = measure(sample);
		if (value === null || value * sign <= peak) continue;
		peak = value * sign;
		found = sample;
	}
	return found;
}
