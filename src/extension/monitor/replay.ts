import type { RecordingEntry, RecordingInfo } from "../../monitor/index.js";
import type { ReplayState, Thresholds } from "../../protocol/index.js";
import { RecordedEntries, timeOf } from "./recorded-entries.js";
import { SampleLog } from "./sample-log.js";

/** A recording as it is shown: read once, into the memory that a session has. */
export interface Replay {
	/** The recording's. */
	readonly id: string;
	readonly state: ReplayState;
	readonly log: SampleLog;
}

export interface ReplayInput {
	readonly recording: Pick<RecordingInfo, "id" | "target">;
	/** The recording's entries in order; in the end, what of it could not be read. */
	readonly entries: AsyncGenerator<RecordingEntry, string | null>;
	readonly thresholds: Thresholds;
	/** Later samples are left out; null takes all. Milliseconds since the epoch. */
	readonly until: number | null;
}

/** @throws Error in words for people when there is no sample in it that can be read */
export async function readReplay({ recording, entries, thresholds, until }: ReplayInput): Promise<Replay> {
	const log = new SampleLog();
	log.measureAgainst(thresholds);
	const damage = await fill(log, entries, until);
	const { first, latest } = log.history;
	const { id, target } = recording;
	if (first === undefined || latest === undefined)
		throw new Error(`The recording of ${target.title} holds no sample that can be read.${damage === null ? "" : ` ${damage}`}`);
	const lost = damage === null ? null : `Some of what was recorded could not be read. ${damage}`;
	return { id, log, state: { kind: "replay", name: target.title, pid: latest.pid, from: first.t, to: latest.t, damage: lost } };
}

/** @returns what of it could not be read */
async function fill(log: SampleLog, entries: ReplayInput["entries"], until: number | null): Promise<string | null> {
	const recorded = new RecordedEntries(log);
	let next = await entries.next();
	for (; next.done !== true; next = await entries.next()) {
		if (until !== null && timeOf(next.value) > until) break;
		recorded.take(next.value);
	}
	recorded.end();
	return next.done === true ? next.value : null;
}
