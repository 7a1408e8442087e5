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
	NodeProcess,
	RecordingStatus,
	Sample,
	SampleHistory,
	SessionState,
	Thresholds,
	ToDashboard,
} from "../../protocol/index.js";
import type { LocatedSite } from "./located-sites.js";
import { markOfState } from "./mark-log.js";
import type { ConnectMonitor, MonitorPort } from "./port.js";
import { SampleLog } from "./sample-log.js";

export type SessionChange =
	| Extract<ToDashboard, { type: "state" | "sample" | "baseline" | "judgement" | "marks" | "sites" | "nativeMemory" }>
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
	readonly #log = new SampleLog();
	#judgement: Judgement;
	readonly #explanations = new Map<AlertSubject, ExplainingFinding>();
	#sites: readonly LocatedSite[] = [];
	#nativeMemory: NativeMemoryOutcome | null = null;

	/** @param recorded is told how the recording fares */
	constructor(connect: ConnectMonitor, recorded: (status: RecordingStatus) => void) {
		this.#judgement = this.#log.judgement;
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
		return this.#log.history;
	}

	get marks(): readonly Mark[] {
		return this.#log.marks;
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
		return this.#log.thresholds;
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
		this.#log.begin(options.intervalMs);
		if (options.recording?.continues == null) this.#measureAgainst(thresholds);
		this.#nativeMemory = null;
		this.#tell({ type: "renewed" });
		this.#setState({ kind: "connecting", step: "Starting" });
		this.#port.attach(target, options);
	}

	/**
	 * Stands again where a session stood, by the samples of its recording, the oldest first. Nothing is told of alerts that were told then.
	 * Ends early when something is attached meanwhile.
	 * @returns whether it came to the end
	 */
	async recall(samples: AsyncIterable<Sample>, intervalMs: number, thresholds: Thresholds): Promise<boolean> {
		this.#log.begin(intervalMs);
		this.#measureAgainst(thresholds);
		for await (const sample of samples) {
			if (this.#state.kind !== "idle") return false;
			this.#log.recall(sample);
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
		this.#log.clear();
		this.#tell({ type: "renewed" });
	}

	/** Notes which finding explains an alert. */
	explain(subject: AlertSubject, finding: ExplainingFinding): void {
		this.#explanations.set(subject, finding);
		this.#tell({ type: "judgement", judgement: this.judgement });
	}

	/** Counts changes from the latest sample on. */
	setBaseline(): void {
		const sample = this.history.latest;
		if (sample === undefined) return;
		this.history.setBaseline(sample);
		this.#tell({ type: "baseline", sample });
		this.mark({ t: sample.t, kind: "baseline", text: "Changes are counted from here." });
	}

	profileHeap(seconds: number): Promise<HeapProfileOutcome> {
		return this.#port.profileHeap(seconds);
	}

	/** Reads what the native memory of the attached process is made of, and shows it. */
	async readNativeMemory(): Promise<void> {
		const outcome = await this.#port.readNativeMemory();
		this.#nativeMemory = outcome;
		this.#tell({ type: "nativeMemory", outcome });
	}

	/** What came of reading native memory last; null before. */
	get nativeMemory(): NativeMemoryOutcome | null {
		return this.#nativeMemory;
	}

	mark(mark: Mark): void {
		this.#log.mark(mark);
		this.#tell({ type: "marks", marks: this.marks });
	}

	dispose(): void {
		this.#listeners.clear();
		this.#levelsListeners.clear();
		void this.#port.dispose();
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
