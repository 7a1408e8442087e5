/** Durations summed up in the target: counts that only ever grow, so that any number of readers can tell what came since they last looked. */
import { type Guard, isAmount, isInteger, isListOf, isShape } from "../../protocol/index.js";

export interface Histogram {
	/** Milliseconds. */
	record(duration: number): void;
	read(): Totals;
}

export interface Totals {
	readonly count: number;
	/** Milliseconds. */
	readonly sum: number;
	/** Index and count of each bucket that is not empty. Bucket i holds durations up to `LOWEST_MS` · `GROWTH` to the power of i. */
	readonly buckets: readonly (readonly [number, number])[];
}

export const LOWEST_MS = 0.01;
export const GROWTH = 1.05;
/** The last bucket holds everything above six hours. */
export const BUCKETS = 440;

const isBucket: Guard<readonly [number, number]> = (value): value is readonly [number, number] =>
	Array.isArray(value) && value.length === 2 && isIndex(value[0]) && isAmount(value[1]);
const isIndex = isInteger(0, BUCKETS);

export const isTotals: Guard<Totals> = isShape<Totals>({ count: isAmount, sum: isAmount, buckets: isListOf(isBucket, BUCKETS + 1) });
