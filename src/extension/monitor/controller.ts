import { PROFILES, thresholdsOf } from "../../config/index.js";
import { Judge } from "../../monitor/index.js";
import {
	type Alert,
	type AlertSubject,
	type AttachTarget,
	type ExplainingFinding,
	type HeapProfileOutcome,
	type Judgement,
	type Level,
	type LevelState,
	type Mark,
	type MonitorOptions,
	type NodeProcess,
	type RecordingStatus,
	type Sample,
	SampleHistory,
	type SessionState,
	type Thresholds,
	type ToDashboard,
} from "../../protocol/index.js";
import type { LocatedSite } from "./located-sites.js";
import { MarkLog, markOfGap, markOfState } from "./mark-log.js";
import type { ConnectMonitor, MonitorPort } from "./port.js";

/** Intervals without a sample after which the next one starts a new line. */
const GAP_INTERVALS = 2.5;

export type SessionChange =
	| Extract<ToDashboard, { type: "state" | "sample" | "baseline" | "judgement" | "marks" | "sites" }>
	/** Everything may be different. */
	| { readonly type: "renewed" }
	/** Told once per alert, when it is raised. */
	| { readonly type: "alert"; readonly alert: Alert };

type LevelsListener = (levels: readonly LevelState[]) => void;

/** The one session of this window: keeps what the monitor process tells in bounded memory, and passes it on. */
export class MonitorController {
	readonly #port: MonitorPort;
	readonly #listeners = new Set<(change: SessionChange) => void>();
	readonly #levelsListeners = new Set<LevelsListener>();
	#levels: readonly LevelState[] = [];
	#state: SessionState = { kind: "idle" };
	#history = new SampleHistory();
	#markLog = new MarkLog();
	#thresholds = thresholdsOf(PROFILES.production);
	#judge = new Judge(this.#thresholds);
	#judgement: Judgement;
	readonly #explanations = new Map<AlertSubject, ExplainingFinding>();
	#intervalMs = Number.POSITIVE_INFINITY;
	#sites: readonly LocatedSite[] = [];
	/** Whether a line may be drawn from the last sample to the next. */
	#joined = false;

	/** @param recorded is told how the recording fares */
	constructor(connect: ConnectMonitor, recorded: (status: RecordingStatus) => void) {
		this.#judgement = this.#judge.judgement;
		this.#port = connect({
			state: (state) => this.#setState(state),
			sample: (sample) => this.#keep(sample),
			recording: recorded,
			levels: (levels) => this.#setLevels(levels),
		});
	}

	get state(): SessionState {
		return this.#state;
	}

	get history(): SampleHistory {
		return this.#history;
	}

	get marks(): readonly Mark[] {
		return this.#markLog.marks;
	}

	/** Where the process makes clients, beside what the sources say of it. */
	get sites(): readonly LocatedSite[] {
		return this.#sites;
	}

	showSites(sites: readonly LocatedSite[]): void {
		this.#sites = sites;
		this.#tell({ type: "sites", sites: sites.map(({ shown }) => shown) });
	}

	get thresholds(): Thresholds {
		return this.#thresholds;
	}

	/** What is made of the samples so far, with the findings that explain it. */
	get judgement(): Judgement {
		const { alerts, ...rest } = this.#judgement;
		return { ...rest, alerts: alerts.map((alert) => this.#explained(alert)) };
	}

	/** Calls `listener` on every change until the function returned is called. */
	onChange(listener: (change: SessionChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	processes(): Promise<readonly NodeProcess[]> {
		return this.#port.list();
	}

	/** @param thresholds what the process is measured against from now on; where its recording goes on, those that it was recalled with stay */
	attach(target: AttachTarget, options: MonitorOptions, thresholds: Thresholds): void {
		this.#intervalMs = options.intervalMs;
		if (options.recording?.continues == null) this.#measureAgainst(thresholds);
		this.#tell({ type: "renewed" });
		this.#joined = false;
		this.#setState({ kind: "connecting", step: "Starting" });
		this.#port.attach(target, options);
	}

	/**
	 * Stands again where a session stood, by the samples of its recording, the oldest first. Nothing is told of alerts that were told then.
	 * Ends early when something is attached meanwhile.
	 * @returns whether it came to the end
	 */
	async recall(samples: AsyncIterable<Sample>, intervalMs: number, thresholds: Thresholds): Promise<boolean> {
		this.#intervalMs = intervalMs;
		this.#measureAgainst(thresholds);
		for await (const sample of samples) {
			if (this.#state.kind !== "idle") return false;
			this.#push(sample);
			for (const { since, message } of this.#judge.recall(sample)) this.#markLog.add({ t: since, kind: "alert", text: message });
		}
		this.#judgement = this.#judge.judgement;
		this.#tell({ type: "renewed" });
		return true;
	}

	/** What became of a recalled session that does not go on. */
	standStill(state: Extract<SessionState, { kind: "gone" | "detached" }>): void {
		this.#setState(state);
	}

	detach(): void {
		this.#port.detach();
	}

	/** Where every level of the attached process stands; empty when nothing is attached. */
	get levels(): readonly LevelState[] {
		return this.#levels;
	}

	setLevel(level: Level, on: boolean): void {
		this.#port.setLevel(level, on);
	}

	/** What the level `database` connects with; it is passed on and not kept here. */
	setDatabaseUrl(url: string | null): void {
		this.#port.setDatabaseUrl(url);
	}

	/** Calls `listener` whenever a level stands otherwise, until the function returned is called. */
	onLevels(listener: LevelsListener): () => void {
		this.#levelsListeners.add(listener);
		return () => this.#levelsListeners.delete(listener);
	}

	/** Forgets what was recorded; the session goes on. */
	clear(): void {
		this.#history = new SampleHistory();
		this.#markLog = new MarkLog();
		this.#tell({ type: "renewed" });
	}

	/** Notes which finding explains an alert. */
	explain(subject: AlertSubject, finding: ExplainingFinding): void {
		this.#explanations.set(subject, finding);
		this.#tell({ type: "judgement", judgement: this.judgement });
	}

	/** Counts changes from the latest sample on. */
	setBaseline(): void {
		const sample = this.#history.latest;
		if (sample === undefined) return;
		this.#history.setBaseline(sample);
		this.#tell({ type: "baseline", sample });
		this.mark({ t: sample.t, kind: "baseline", text: "Changes are counted from here." });
	}

	profileHeap(seconds: number): Promise<HeapProfileOutcome> {
		return this.#port.profileHeap(seconds);
	}

	mark(mark: Mark): void {
		this.#markLog.add(mark);
		this.#tell({ type: "marks", marks: this.marks });
	}

	dispose(): void {
		this.#listeners.clear();
		this.#levelsListeners.clear();
		void this.#port.dispose();
	}

	#measureAgainst(thresholds: Thresholds): void {
		this.#thresholds = thresholds;
		this.#judge = new Judge(thresholds);
		this.#judgement = this.#judge.judgement;
	}

	#keep(sample: Sample): void {
		const afterGap = this.#push(sample);
		this.#tell({ type: "sample", sample, afterGap });
		if (afterGap) this.#tell({ type: "marks", marks: this.marks });
		this.#judgeNext(sample);
	}

	/** @returns whether samples are missing before this one */
	#push(sample: Sample): boolean {
		const previous = this.#history.latest;
		const afterGap = previous !== undefined && !(this.#joined && this.#follows(sample, previous));
		this.#joined = true;
		this.#history.push(sample, afterGap);
		if (previous !== undefined && afterGap) this.#markLog.add(markOfGap(sample, previous));
		return afterGap;
	}

	#judgeNext(sample: Sample): void {
		const raised = this.#judge.next(sample);
		for (const { subject } of raised) this.#explanations.delete(subject);
		if (this.#judge.judgement !== this.#judgement) {
			this.#judgement = this.#judge.judgement;
			this.#tell({ type: "judgement", judgement: this.judgement });
		}
		for (const alert of raised) {
			this.mark({ t: alert.since, kind: "alert", text: alert.message });
			this.#tell({ type: "alert", alert });
		}
	}

	#explained(alert: Alert): Alert {
		const finding = this.#explanations.get(alert.subject);
		return finding === undefined ? alert : { ...alert, finding };
	}

	#follows(sample: Sample, previous: Sample): boolean {
		return sample.pid === previous.pid && sample.t - previous.t <= GAP_INTERVALS * this.#intervalMs;
	}

	#setLevels(levels: readonly LevelState[]): void {
		this.#levels = levels;
		for (const listener of this.#levelsListeners) listener(levels);
	}

	#setState(state: SessionState): void {
		this.#state = state;
		this.#tell({ type: "state", state });
		const mark = markOfState(state);
		if (mark !== null) this.mark(mark);
	}

	#tell(change: SessionChange): void {
		for (const listener of this.#listeners) listener(change);
	}
}
