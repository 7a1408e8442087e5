import type {
	Alert,
	Comparison,
	Judgement,
	Mark,
	NativeMemoryOutcome,
	SampleHistory,
	ShownState,
	ToDashboard,
} from "../../protocol/index.js";
import { type Baseline, type BaselineOrigin, baselineOf } from "./baseline.js";
import { Comparing } from "./comparing.js";
import type { Replay } from "./replay.js";
import type { SessionChange } from "./session-view.js";
import type { ShownSession } from "./shown-session.js";

export type StageChange =
	| Exclude<ToDashboard, { type: "restore" | "comparison" | "watched" | "cost" }>
	/** Everything may be different. */
	| { readonly type: "renewed" }
	/** What is compared may have other figures by now: `comparison` works them out. */
	| { readonly type: "comparison" };

/** What of a stage stands again after a reload of the window. */
export interface StageMemory {
	/** Id of the recording that is shown. */
	readonly replay: string | null;
	readonly baseline: BaselineOrigin | null;
}

export interface StageDependencies {
	readonly sessions: ShownSession;
	/** The alert with the finding that explains it, where there is one. */
	explain(alert: Alert): Alert;
}

/** What the dashboard shows, of the window's sessions or a recording, and the baseline that it is compared with. */
export class Stage {
	readonly #dependencies: StageDependencies;
	readonly #listeners = new Set<(change: StageChange) => void>();
	readonly #stops: readonly (() => void)[];
	#replay: Replay | null = null;
	#baseline: Baseline | null = null;
	#comparing: Comparing | null = null;

	constructor(dependencies: StageDependencies) {
		this.#dependencies = dependencies;
		const { sessions } = dependencies;
		this.#stops = [
			sessions.onChange((change) => this.#passOn(change)),
			sessions.onLevels((levels) => {
				if (this.#replay === null) this.#tell({ type: "levels", levels });
			}),
		];
	}

	get state(): ShownState {
		return this.#replay?.state ?? this.#sessions.state;
	}

	/** What the charts are drawn from. */
	get history(): SampleHistory {
		return this.#view.history;
	}

	/** In the order of time. */
	get marks(): readonly Mark[] {
		return this.#view.marks;
	}

	get judgement(): Judgement {
		if (this.#replay === null) return this.#sessions.judgement;
		const { alerts, ...rest } = this.#replay.log.judgement;
		return { ...rest, alerts: alerts.map((alert) => this.#dependencies.explain(alert)) };
	}

	/** Id of the recording that is shown; null when none is. */
	get replayed(): string | null {
		return this.#replay?.id ?? null;
	}

	/** Id of the recording that holds what is shown; null where nothing does. */
	get recording(): string | null {
		return this.replayed ?? this.#sessions.session?.recording ?? null;
	}

	/** What came of reading native memory last; null before, and in a replay. */
	get nativeMemory(): NativeMemoryOutcome | null {
		return this.#replay === null ? this.#sessions.nativeMemory : null;
	}

	get baseline(): Baseline | null {
		return this.#baseline;
	}

	get memory(): StageMemory {
		const { recording, here } = this.#baseline ?? { recording: null, here: null };
		return { replay: this.replayed, baseline: recording === null ? null : { recording, here } };
	}

	/** Calls `listener` on every change until the function returned is called. */
	onChange(listener: (change: StageChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	restore(): ToDashboard {
		const { levels, sites } = this.#sessions;
		const { history, thresholds, marks } = this.#view;
		return {
			type: "restore",
			state: this.state,
			history: history.snapshot(),
			thresholds,
			judgement: this.judgement,
			levels: this.#replay === null ? levels : [],
			marks,
			sites: this.#replay === null ? sites.map(({ shown }) => shown) : [],
			baseline: this.#baseline?.run ?? null,
			comparison: this.comparison(),
		};
	}

	/** Null without a baseline. */
	comparison(): Comparison | null {
		return this.#comparing?.comparison() ?? null;
	}

	showReplay(replay: Replay): void {
		this.#replay = replay;
		this.#compare();
		this.#tell({ type: "renewed" });
	}

	/** The window's session is shown again, or that there is none. */
	leaveReplay(): void {
		if (this.#replay === null) return;
		this.#replay = null;
		this.#compare();
		this.#tell({ type: "renewed" });
	}

	/** Compares with what was measured up to `t`, in milliseconds since the epoch; where nothing was, nothing changes. */
	setBaselineHere(t: number): void {
		const { recording } = this;
		const here = { shown: recording, until: t };
		const baseline = baselineOf({ name: this.#name, history: this.history, damage: null, here, recording });
		if (baseline === null) return;
		this.setBaseline(baseline);
		this.mark({ t: baseline.run.to, kind: "baseline", text: "What was measured up to here is the baseline." });
	}

	setBaseline(baseline: Baseline | null): void {
		if (this.#hereIsShown) this.history.resetBaseline();
		this.#baseline = baseline;
		this.#compare();
		this.#tell({ type: "baseline", run: baseline?.run ?? null, since: this.history.baseline });
		this.#tell({ type: "comparison" });
	}

	mark(mark: Mark): void {
		if (this.#replay === null) this.#sessions.mark(mark);
		else {
			this.#replay.log.mark(mark);
			this.#tell({ type: "marks", marks: this.#replay.log.marks });
		}
	}

	dispose(): void {
		this.#listeners.clear();
		for (const stop of this.#stops) stop();
	}

	get #sessions(): ShownSession {
		return this.#dependencies.sessions;
	}

	get #view(): Pick<ShownSession, "history" | "marks" | "thresholds"> {
		return this.#replay?.log ?? this.#sessions;
	}

	get #name(): string {
		const { state } = this;
		if (state.kind === "replay") return state.name;
		if (this.#sessions.choice === "all") return "all processes, summed";
		return "target" in state ? state.target.title : "what was measured before";
	}

	/** Whether the baseline is an earlier part of what is shown. */
	get #hereIsShown(): boolean {
		const here = this.#baseline?.here ?? null;
		return here !== null && here.shown === this.recording;
	}

	#compare(): void {
		const baseline = this.#baseline;
		const since = baseline !== null && this.#hereIsShown ? baseline.run.to + 1 : 0;
		this.#comparing = baseline === null ? null : new Comparing(baseline, this.#view, since);
		this.#countChanges();
	}

	/** The figures of what is shown change since the baseline where that is of the same process. */
	#countChanges(): void {
		const { history } = this;
		const to = this.#hereIsShown ? this.#baseline?.run.to : undefined;
		if (to === undefined) return;
		const sample = history.between(to, to).find(({ t, pid }) => t === to && pid === history.latest?.pid);
		if (sample !== undefined) history.setBaseline(sample);
	}

	#passOn(change: SessionChange): void {
		if (this.#replay !== null || change.type === "alert") return;
		if (change.type === "renewed") this.#compare();
		this.#tell(change);
		if (change.type === "sample" && this.#comparing?.isDue(change.sample)) this.#tell({ type: "comparison" });
	}

	#tell(change: StageChange): void {
		for (const listener of this.#listeners) listener(change);
	}
}
