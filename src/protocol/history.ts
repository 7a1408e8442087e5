/** The bounded memory of a session: what both the extension and the dashboard keep of a stream of samples. */
import { decimate, KEPT_PER_BUCKET } from "./decimate.js";
import { firstAt } from "./first-at.js";
import { type Guard, isAmount, isListOf, isNullOr, isShape } from "./guard.js";
import { isSample, type Sample } from "./sample.js";

/** Samples kept one by one; an hour at the default interval. */
export const RAW_LIMIT = 3_600;
/** Older samples keep only their extremes per this many milliseconds. */
export const BUCKET_MS = 60_000;
/** Nothing older than this many milliseconds is kept. */
export const KEPT_MS = 24 * 60 * 60 * 1_000;
export const HISTORY_LIMIT = RAW_LIMIT + KEPT_PER_BUCKET * (KEPT_MS / BUCKET_MS);

/** A history as it travels. `breaks` are the times of samples that follow a gap; `received` counts every sample since the last clear. */
export interface HistorySnapshot {
	readonly samples: readonly Sample[];
	readonly breaks: readonly number[];
	readonly baseline: Sample | null;
	readonly received: number;
}

export const isHistorySnapshot: Guard<HistorySnapshot> = isShape<HistorySnapshot>({
	samples: isListOf(isSample, HISTORY_LIMIT),
	breaks: isListOf(isAmount, HISTORY_LIMIT),
	baseline: isNullOr(isSample),
	received: isAmount,
});

export class SampleHistory {
	#old: Sample[] = [];
	#raw: Sample[] = [];
	#breaks: number[] = [];
	#baseline: Sample | null = null;
	#received = 0;

	static restore(snapshot: HistorySnapshot): SampleHistory {
		const history = new SampleHistory();
		history.#raw = snapshot.samples.slice(-RAW_LIMIT);
		history.#old = snapshot.samples.slice(0, -RAW_LIMIT);
		history.#breaks = [...snapshot.breaks];
		history.#baseline = snapshot.baseline;
		history.#received = snapshot.received;
		return history;
	}

	get received(): number {
		return this.#received;
	}

	/** What changes are counted from: the first sample of the process at hand, or the one chosen since. */
	get baseline(): Sample | null {
		return this.#baseline;
	}

	get first(): Sample | undefined {
		return this.#old[0] ?? this.#raw[0];
	}

	get latest(): Sample | undefined {
		return this.#raw.at(-1);
	}

	get breaks(): readonly number[] {
		return this.#breaks;
	}

	push(sample: Sample, afterGap: boolean): void {
		this.#forgetFrom(sample.t);
		if (afterGap) this.#breaks.push(sample.t);
		if (this.#baseline?.pid !== sample.pid) this.#baseline = sample;
		this.#raw.push(sample);
		this.#received += 1;
		if (this.#raw.length > RAW_LIMIT) this.#ageOldestMinute();
		this.#forgetBefore(sample.t - KEPT_MS);
	}

	setBaseline(sample: Sample): void {
		this.#baseline = sample;
	}

	/** Changes are counted from the first sample of the process at hand again. */
	resetBaseline(): void {
		const pid = this.latest?.pid;
		this.#baseline = [...this.#old, ...this.#raw].find((sample) => sample.pid === pid) ?? null;
	}

	/** Samples of `from`..`to` in order, and one on either side, so that a line reaches the edges of the view. */
	between(from: number, to: number): readonly Sample[] {
		const raw = cut(this.#raw, from, to);
		const rawStart = this.#raw[0];
		return rawStart === undefined || from < rawStart.t ? [...cut(this.#old, from, to), ...raw] : raw;
	}

	snapshot(): HistorySnapshot {
		return {
			samples: [...this.#old, ...this.#raw],
			breaks: [...this.#breaks],
			baseline: this.#baseline,
			received: this.#received,
		};
	}

	#ageOldestMinute(): void {
		const first = this.#raw[0];
		if (first === undefined) return;
		const end = (Math.floor(first.t / BUCKET_MS) + 1) * BUCKET_MS;
		this.#old.push(...decimate(this.#raw.splice(0, firstAt(this.#raw, end)), BUCKET_MS).map(slim));
	}

	#forgetBefore(t: number): void {
		const oldest = this.first;
		if (oldest === undefined || oldest.t >= t) return;
		this.#old.splice(0, firstAt(this.#old, t));
		this.#raw.splice(0, firstAt(this.#raw, t));
		this.#breaks = this.#breaks.filter((time) => time >= t);
	}

	/** The clock can be set back; samples of a time that is yet to come would fold the lines over themselves. */
	#forgetFrom(t: number): void {
		const latest = this.latest;
		if (latest === undefined || latest.t < t) return;
		this.#raw.splice(firstAt(this.#raw, t));
		this.#old.splice(firstAt(this.#old, t));
		this.#breaks = this.#breaks.filter((time) => time < t);
	}
}

/** Without what no chart over a long time shows: lists of single pools, sites, resources, sockets' ages and heap spaces. */
export function slim({ resources, pools, heap, clients, connections, ...rest }: Sample): Sample {
	return {
		...rest,
		connections: connections.map(({ ages, ...connection }) => connection),
		...(heap === undefined ? {} : { heap: { ...heap, spaces: [] } }),
		...(clients === undefined ? {} : { clients: { live: clients.live, created: clients.created } }),
	};
}

function cut(samples: readonly Sample[], from: number, to: number): readonly Sample[] {
	return samples.slice(Math.max(0, firstAt(samples, from) - 1), firstAt(samples, to) + 1);
}
