import { type BaselineRun, decimate, KEPT_PER_BUCKET, RAW_LIMIT, type Sample, type SampleHistory, slim } from "../../protocol/index.js";
import { levelsOf, type NamedFigure } from "../../report/index.js";

/** Where a baseline can be read again after a reload of the window. */
export interface BaselineOrigin {
	/** Id of the recording that holds it. */
	readonly recording: string;
	/**
	 * It is what was measured up to a time, in milliseconds since the epoch, of what was shown then: a recording, or the session that makes
	 * it, by its id; null for what is not recorded, as the sum of sessions. There, only what comes later is compared. Null for a whole
	 * recording.
	 */
	readonly here: { readonly shown: string | null; readonly until: number } | null;
}

export interface Baseline {
	readonly run: BaselineRun;
	/** What the process stood at in the end. */
	readonly levels: readonly NamedFigure[];
	readonly here: BaselineOrigin["here"];
	/** Null when nothing of it was recorded. */
	readonly recording: string | null;
}

export interface BaselineInput extends Pick<Baseline, "here" | "recording"> {
	readonly name: string;
	readonly history: SampleHistory;
	readonly damage: string | null;
}

/** The last process of a history, up to `here` where there is one; null when there is no sample of it. */
export function baselineOf({ name, history, damage, here, recording }: BaselineInput): Baseline | null {
	const samples = lastProcess(history, 0, here?.until ?? Number.POSITIVE_INFINITY);
	const [first, last] = [samples[0], samples.at(-1)];
	if (first === undefined || last === undefined) return null;
	const [from, to] = [first.t, last.t];
	const breaks = history.breaks.filter((t) => t > from && t <= to).slice(0, RAW_LIMIT);
	return {
		run: { name, pid: last.pid, from, to, samples: drawn(samples, to - from), breaks, damage },
		levels: levelsOf(samples, name),
		here,
		recording,
	};
}

/** Samples of the process that was watched last in a time, of that time. Both ends belong to it. */
export function lastProcess(history: SampleHistory, from: number, to: number): readonly Sample[] {
	const within = history.between(from, to).filter(({ t }) => t >= from && t <= to);
	const pid = within.at(-1)?.pid;
	return within.filter((sample) => sample.pid === pid);
}

function drawn(samples: readonly Sample[], lasted: number): readonly Sample[] {
	// Buckets are aligned to the epoch, so a run can begin and end within one.
	const buckets = RAW_LIMIT / KEPT_PER_BUCKET - 1;
	return (samples.length > RAW_LIMIT ? decimate(samples, lasted / buckets) : samples).map(slim);
}
