import type { RecordingEntry } from "../../monitor/index.js";
import type { Sample } from "../../protocol/index.js";
import type { SampleLog } from "./sample-log.js";

type RecordedMark = Extract<RecordingEntry, { kind: "mark" }>;

/** So many samples tell at which interval a recording was made. */
const TELLING = 30;

/** Fills a log from a recording, entry by entry. */
export class RecordedEntries {
	readonly #log: SampleLog;
	/** The recording's beginning, until its interval is known. */
	#beginning: RecordingEntry[] | null = [];
	/** What it means shows in the sample after it. */
	#mark: RecordedMark | null = null;

	constructor(log: SampleLog) {
		this.#log = log;
	}

	take(entry: RecordingEntry): void {
		if (this.#beginning === null) this.#keep(entry);
		else {
			this.#beginning.push(entry);
			if (this.#beginning.length === TELLING) this.#begin(this.#beginning);
		}
	}

	end(): void {
		if (this.#beginning !== null) this.#begin(this.#beginning);
		this.#keepMark("end");
	}

	#begin(beginning: readonly RecordingEntry[]): void {
		this.#beginning = null;
		this.#log.begin(intervalOf(beginning.flatMap((entry) => (entry.kind === "sample" ? entry.sample : []))));
		for (const entry of beginning) this.#keep(entry);
	}

	#keep(entry: RecordingEntry): void {
		if (entry.kind === "mark" && entry.note === true) {
			this.#log.mark({ t: entry.t, kind: "note", text: entry.text });
			return;
		}
		if (entry.kind === "mark") {
			this.#keepMark("gap");
			this.#mark = entry;
			return;
		}
		this.#keepMark(entry.sample.pid === this.#log.history.latest?.pid ? "gap" : "end");
		this.#log.recall(entry.sample);
	}

	#keepMark(kind: "gap" | "end"): void {
		if (this.#mark === null) return;
		const { t, text } = this.#mark;
		this.#log.mark({ t, kind, text });
		this.#mark = null;
	}
}

export function timeOf(entry: RecordingEntry): number {
	return entry.kind === "sample" ? entry.sample.t : entry.t;
}

/** Milliseconds; of two samples that follow each other, as most do. */
function intervalOf(samples: readonly Sample[]): number {
	const steps = samples.slice(1).map(({ t }, index) => t - (samples[index]?.t ?? t));
	return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? Number.POSITIVE_INFINITY;
}
