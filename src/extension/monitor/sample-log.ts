import { PROFILES, thresholdsOf } from "../../config/index.js";
import { Judge } from "../../monitor/index.js";
import { type Alert, type Judgement, type Mark, type Sample, SampleHistory, type Thresholds } from "../../protocol/index.js";
import { MarkLog, markOfGap } from "./mark-log.js";

/** Intervals without a sample after which the next one starts a new line. */
const GAP_INTERVALS = 2.5;

/** What is kept of a stream of samples, in bounded memory, with what happened in it and what is made of it. */
export class SampleLog {
	#history = new SampleHistory();
	#markLog = new MarkLog();
	#thresholds = thresholdsOf(PROFILES.production);
	#judge = new Judge(this.#thresholds);
	#intervalMs = Number.POSITIVE_INFINITY;
	/** Whether a line may be drawn from the last sample to the next. */
	#joined = false;

	get history(): SampleHistory {
		return this.#history;
	}

	/** Milliseconds between two samples; infinite where that is not known. */
	get intervalMs(): number {
		return this.#intervalMs;
	}

	/** In the order of time. */
	get marks(): readonly Mark[] {
		return this.#markLog.marks;
	}

	get thresholds(): Thresholds {
		return this.#thresholds;
	}

	/** Stays the same object until something in it changes. */
	get judgement(): Judgement {
		return this.#judge.judgement;
	}

	/** What is to come has a sample each `intervalMs`, and does not follow what came before. */
	begin(intervalMs: number): void {
		this.#intervalMs = intervalMs;
		this.#joined = false;
	}

	/** Samples are judged anew, by these thresholds. */
	measureAgainst(thresholds: Thresholds): void {
		this.#thresholds = thresholds;
		this.#judge = new Judge(thresholds);
	}

	/** Forgets samples and marks, not what was made of them. */
	clear(): void {
		this.#history = new SampleHistory();
		this.#markLog = new MarkLog();
	}

	mark(mark: Mark): void {
		this.#markLog.add(mark);
	}

	/** @returns whether samples are missing before this one */
	push(sample: Sample): boolean {
		const previous = this.#history.latest;
		const afterGap = previous !== undefined && !(this.#joined && this.#follows(sample, previous));
		this.#joined = true;
		this.#history.push(sample, afterGap);
		if (previous !== undefined && afterGap) this.mark(markOfGap(sample, previous));
		return afterGap;
	}

	/** @returns the alerts that are new with this sample, which has been pushed */
	judge(sample: Sample): readonly Alert[] {
		const raised = this.#judge.next(sample);
		this.#markAlerts(raised);
		return raised;
	}

	/** Takes in a sample of the past, whose alerts are old news. */
	recall(sample: Sample): void {
		this.push(sample);
		this.#markAlerts(this.#judge.recall(sample));
	}

	#markAlerts(alerts: readonly Alert[]): void {
		for (const { since, message } of alerts) this.mark({ t: since, kind: "alert", text: message });
	}

	#follows(sample: Sample, previous: Sample): boolean {
		return sample.pid === previous.pid && sample.t - previous.t <= GAP_INTERVALS * this.#intervalMs;
	}
}
