import type { RecordingEntry } from "../../monitor/index.js";
import type {
	Alert,
	AlertSubject,
	AttachTarget,
	ExplainingFinding,
	HeapProfileOutcome,
	Judgement,
	Level,
	LevelState,
	Mark,
	MonitorOptions,
	NativeMemoryOutcome,
	Note,
	RecordingStatus,
	Sample,
	SampleHistory,
	SessionState,
	Thresholds,
	WorkerInfo,
} from "../../protocol/index.js";
import type { LocatedSite } from "./located-sites.js";
import { markOfState } from "./mark-log.js";
import type { MonitorEvents, SessionPort } from "./port.js";
import { SampleLog } from "./sample-log.js";
import type { LevelsListener, SessionChange, SessionView } from "./session-view.js";

/** One session of this window: keeps what the monitor process tells in bounded memory, and passes it on. */
export class MonitorController implements SessionView {
	readonly #port: SessionPort;
	readonly #listeners = new Set<(change: SessionChange) => void>();
	readonly #levelsListeners = new Set<LevelsListener>();
	#levels: readonly LevelState[] = [];
	#state: SessionState = { kind: "idle" };
	readonly #log = new SampleLog();
	#judgement: Judgement;
	readonly #explanations = new Map<AlertSubject, ExplainingFinding>();
	#sites: readonly LocatedSite[] = [];
	#nativeMemory: NativeMemoryOutcome | null = null;
	#recording: string | null = null;
	#reachedBy: AttachTarget | null = null;

	/** @param recorded is told how the recording fares */
	constructor(open: (events: MonitorEvents) => SessionPort, recorded: (status: RecordingStatus) => void) {
		this.#judgement = this.#log.judgement;
		this.#port = open({
			state: (state) => this.#setState(state),
			sample: (sample) => this.#keep(sample),
			recording: (status) => {
				this.#recording = status.id;
				recorded(status);
			},
			levels: (levels) => this.#setLevels(levels),
		});
	}

	get state(): SessionState {
		return this.#state;
	}

	/** Id of the recording that is being written, or was written last. */
	get recording(): string | null {
		return this.#recording;
	}

	/** What was attached to last; a process that took the target's place since is another one. Null before. */
	get reachedBy(): AttachTarget | null {
		return this.#reachedBy;
	}

	/** Milliseconds between two samples; infinite before something was attached. */
	get intervalMs(): number {
		return this.#log.intervalMs;
	}

	get history(): SampleHistory {
		return this.#log.history;
	}

	get marks(): readonly Mark[] {
		return this.#log.marks;
	}

	get sites(): readonly LocatedSite[] {
		return this.#sites;
	}

	showSites(sites: readonly LocatedSite[]): void {
		this.#sites = sites;
		this.#tell({ type: "sites", sites: sites.map(({ shown }) => shown) });
	}

	get thresholds(): Thresholds {
		return this.#log.thresholds;
	}

	get judgement(): Judgement {
		const { alerts, ...rest } = this.#judgement;
		return { ...rest, alerts: alerts.map((alert) => this.#explained(alert)) };
	}

	onChange(listener: (change: SessionChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** @param thresholds what the process is measured against from now on; where its recording goes on, those that it was recalled with stay */
	attach(target: AttachTarget, options: MonitorOptions, thresholds: Thresholds): void {
		this.#log.begin(options.intervalMs);
		if (options.recording?.continues == null) this.#measureAgainst(thresholds);
		this.#nativeMemory = null;
		this.#reachedBy = target;
		this.#tell({ type: "renewed" });
		this.#setState({ kind: "connecting", step: "Starting" });
		this.#port.attach(target, options);
	}

	/**
	 * Stands again where a session stood, by the samples and notes of its recording, the oldest first. Nothing is told of alerts that were told then.
	 * Ends early when something is attached meanwhile.
	 * @param recording its id
	 * @returns whether it came to the end
	 */
	async recall(recording: string, entries: AsyncIterable<RecordingEntry>, intervalMs: number, thresholds: Thresholds): Promise<boolean> {
		this.#recording = recording;
		this.#log.begin(intervalMs);
		this.#measureAgainst(thresholds);
		for await (const entry of entries) {
			if (this.#state.kind !== "idle") return false;
			if (entry.kind === "sample") this.#log.recall(entry.sample);
			else if (entry.note === true) this.#log.mark({ t: entry.t, kind: "note", text: entry.text });
		}
		this.#judgement = this.#log.judgement;
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

	onLevels(listener: LevelsListener): () => void {
		this.#levelsListeners.add(listener);
		return () => this.#levelsListeners.delete(listener);
	}

	clear(): void {
		this.#log.clear();
		this.#tell({ type: "renewed" });
	}

	/** Notes which finding explains an alert. */
	explain(subject: AlertSubject, finding: ExplainingFinding): void {
		this.#explanations.set(subject, finding);
		this.#tell({ type: "judgement", judgement: this.judgement });
	}

	profileHeap(seconds: number): Promise<HeapProfileOutcome> {
		return this.#port.profileHeap(seconds);
	}

	async readNativeMemory(): Promise<void> {
		const outcome = await this.#port.readNativeMemory();
		this.#nativeMemory = outcome;
		this.#tell({ type: "nativeMemory", outcome });
	}

	get nativeMemory(): NativeMemoryOutcome | null {
		return this.#nativeMemory;
	}

	/** The worker threads of the attached process, the oldest first; none of a thread. */
	workers(): Promise<readonly WorkerInfo[]> {
		return this.#port.workers();
	}

	mark(mark: Mark): void {
		if (mark.kind === "note") this.record(mark);
		this.#log.mark(mark);
		this.#tell({ type: "marks", marks: this.marks });
	}

	/** Writes a note into the recording; it is not shown here. */
	record({ t, text }: Note): void {
		this.#port.note({ t, text });
	}

	dispose(): void {
		this.#listeners.clear();
		this.#levelsListeners.clear();
		this.#port.close();
	}

	#measureAgainst(thresholds: Thresholds): void {
		this.#log.measureAgainst(thresholds);
		this.#judgement = this.#log.judgement;
	}

	#keep(sample: Sample): void {
		const afterGap = this.#log.push(sample);
		this.#tell({ type: "sample", sample, afterGap });
		if (afterGap) this.#tell({ type: "marks", marks: this.marks });
		this.#judgeNext(sample);
	}

	#judgeNext(sample: Sample): void {
		const raised = this.#log.judge(sample);
		for (const { subject } of raised) this.#explanations.delete(subject);
		if (this.#log.judgement !== this.#judgement) {
			this.#judgement = this.#log.judgement;
			this.#tell({ type: "judgement", judgement: this.judgement });
		}
		if (raised.length > 0) this.#tell({ type: "marks", marks: this.marks });
		for (const alert of raised) this.#tell({ type: "alert", alert });
	}

	#explained(alert: Alert): Alert {
		const finding = this.#explanations.get(alert.subject);
		return finding === undefined ? alert : { ...alert, finding };
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
