import { Decimation, type Sample } from "../src/protocol/index.js";

/** One place on the time axis of every chart: a sample, or a gap in which nothing is drawn. */
export type Row = { readonly t: number; readonly sample: Sample } | { readonly t: number; readonly sample: null };

/** Up to so many samples a view are drawn one by one. More are thinned to their extremes in so many columns, each with several samples: finer ones are not seen, only paid for. */
const MOST_ONE_BY_ONE = 600;
const COLUMNS = 120;

/** The rows of one view after the other; what a view that slides has thinned already is kept. */
export class Rows {
	#decimation = new Decimation(0);

	/** The rows to draw of `samples` over a view of `spanMs`; `breaks` are the times of samples that follow a gap. */
	of(samples: readonly Sample[], breaks: readonly number[], spanMs: number): readonly Row[] {
		return withGaps(samples.length > MOST_ONE_BY_ONE ? this.#thinned(samples, spanMs / COLUMNS) : samples, breaks);
	}

	#thinned(samples: readonly Sample[], bucketMs: number): readonly Sample[] {
		if (this.#decimation.bucketMs !== bucketMs) this.#decimation = new Decimation(bucketMs);
		return this.#decimation.of(samples);
	}
}

function withGaps(samples: readonly Sample[], breaks: readonly number[]): readonly Row[] {
	const rows: Row[] = [];
	let nextBreak = 0;
	let previous: Sample | undefined;
	for (const sample of samples) {
		let broken = false;
		while ((breaks[nextBreak] ?? Number.POSITIVE_INFINITY) <= sample.t) {
			broken = true;
			nextBreak += 1;
		}
		if (broken && previous !== undefined) rows.push({ t: previous.t + 1, sample: null });
		rows.push({ t: sample.t, sample });
		previous = sample;
	}
	return rows;
}

/** The sample whose row is nearest to `t`. */
export function nearestSample(rows: readonly Row[], t: number): Sample | null {
	let nearest: Row | null = null;
	for (const row of rows) {
		if (row.sample !== null && (nearest === null || Math.abs(row.t - t) < Math.abs(nearest.t - t))) nearest = row;
	}
	return nearest?.sample ?? null;
}

/** The sample `step` rows before (negative) or after the one nearest to `t`; the first or last one beyond the ends. */
export function stepFrom(rows: readonly Row[], t: number, step: number): Sample | null {
	const samples = rows.flatMap((row) => row.sample ?? []);
	const nearest = nearestSample(rows, t);
	const index = nearest === null ? 0 : samples.indexOf(nearest);
	return samples[Math.min(samples.length - 1, Math.max(0, index + step))] ?? null;
}
