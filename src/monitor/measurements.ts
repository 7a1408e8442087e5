import { type DurationsSample, openDatabaseConnections, type Sample } from "../protocol/index.js";

/** Averages are taken over so long: a single slow query does not make the average slow. */
const AVERAGE_MS = 30_000;

/** What limits apply to, in bytes, counts and milliseconds; null where it is not measured. */
export interface Measurements {
	readonly external: number;
	/** Over the level after warm-up; null before. */
	readonly outsideHeap: number | null;
	readonly connections: number;
	readonly query: number | null;
	readonly transaction: number | null;
	readonly slowQuery: number | null;
}

/** Reads off a stream of samples what limits apply to. */
export class Measuring {
	private readonly queries = new RunningAverage();
	private readonly transactions = new RunningAverage();

	/** @param warmLevel rss − heapTotal after warm-up, null before */
	next(sample: Sample, warmLevel: number | null): Measurements {
		const { memory, queries, transactions } = sample;
		if (queries) this.queries.add(sample.t, queries.count, queries.duration);
		if (transactions) this.transactions.add(sample.t, transactions.ended, transactions.duration);
		return {
			external: memory.external,
			outsideHeap: warmLevel === null ? null : memory.outsideHeap - warmLevel,
			connections: openDatabaseConnections(sample),
			query: this.queries.at(sample.t),
			transaction: greater(this.transactions.at(sample.t), transactions?.ages[0] ?? null),
			slowQuery: queries ? Math.max(0, ...queries.slow.map(({ duration }) => duration)) : null,
		};
	}
}

/** A transaction that never ends has no duration; it counts with its age. */
function greater(average: number | null, oldest: number | null): number | null {
	return average === null || oldest === null ? (average ?? oldest) : Math.max(average, oldest);
}

class RunningAverage {
	private parts: { readonly t: number; readonly count: number; readonly sum: number }[] = [];

	add(t: number, count: number, durations: DurationsSample | null): void {
		if (durations !== null) this.parts.push({ t, count, sum: count * durations.avg });
	}

	at(t: number): number | null {
		this.parts = this.parts.filter((part) => part.t > t - AVERAGE_MS);
		const count = this.parts.reduce((total, part) => total + part.count, 0);
		return count === 0 ? null : this.parts.reduce((total, part) => total + part.sum, 0) / count;
	}
}
