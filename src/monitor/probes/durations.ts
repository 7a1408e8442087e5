import type { DurationsSample } from "../../protocol/index.js";
import { GROWTH, LOWEST_MS, type Totals } from "../agent/histogram.js";

/** What was added to a histogram between two readings. */
export interface Added {
	readonly count: number;
	/** Null when nothing was added. */
	readonly durations: DurationsSample | null;
}

/** Follows one histogram of the target. */
export class DurationsProbe {
	private last: Totals = { count: 0, sum: 0, buckets: [] };

	next(totals: Totals): Added {
		// Fewer than before: the histogram was begun anew.
		const last = totals.count < this.last.count ? { count: 0, sum: 0, buckets: [] } : this.last;
		this.last = totals;
		const count = totals.count - last.count;
		return { count, durations: count === 0 ? null : summarize(totals, last, count) };
	}
}

function summarize(totals: Totals, last: Totals, count: number): DurationsSample {
	const before = new Map(last.buckets);
	const added = totals.buckets
		.map(([index, total]) => ({ limit: LOWEST_MS * GROWTH ** index, count: total - (before.get(index) ?? 0) }))
		.filter((bucket) => bucket.count > 0)
		.sort((a, b) => a.limit - b.limit);
	const percentile = (share: number) => {
		let seen = 0;
		for (const bucket of added) {
			seen += bucket.count;
			if (seen >= share * count) return bucket.limit;
		}
		return 0;
	};
	return {
		avg: Math.max(0, totals.sum - last.sum) / count,
		p50: percentile(0.5),
		p95: percentile(0.95),
		p99: percentile(0.99),
		max: added.at(-1)?.limit ?? 0,
	};
}
