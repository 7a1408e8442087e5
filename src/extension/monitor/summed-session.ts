import { l10n } from "vscode";
import { Rounds, summed } from "../../monitor/index.js";
import {
	ALERT_LIMIT,
	isAttached,
	type Judgement,
	type LevelState,
	MARK_LIMIT,
	type Mark,
	type NativeMemoryOutcome,
	type Sample,
	type SampleHistory,
	type SessionState,
	type Thresholds,
} from "../../protocol/index.js";
import type { MonitorController } from "./controller.js";
import type { LocatedSite } from "./located-sites.js";
import { mergedSites, siteKey } from "./merged-sites.js";
import { SampleLog } from "./sample-log.js";
import { sessionName } from "./session-names.js";
import type { LevelsListener, SessionChange, SessionView } from "./session-view.js";
import type { MonitorSessions } from "./sessions.js";

const NO_LEVELS: readonly LevelState[] = [];
/** The most telling first. */
const KINDS: readonly SessionState["kind"][] = ["live", "silent", "connecting", "gone", "detached", "error", "idle"];

/** All sessions of this window, summed up: a sample when each has told one. Levels are turned on in one process at a time, not here. */
export class SummedSession implements SessionView {
	readonly levels = NO_LEVELS;
	#nativeMemory: NativeMemoryOutcome | null = null;
	readonly #sessions: MonitorSessions;
	readonly #log = new SampleLog();
	readonly #rounds = new Rounds<MonitorController>();
	readonly #listeners = new Set<(change: SessionChange) => void>();
	readonly #stop: () => void;
	/** The processes that were counted last. */
	#members: readonly MonitorController[] = [];
	#state: SessionState = { kind: "idle" };

	constructor(sessions: MonitorSessions) {
		this.#sessions = sessions;
		this.#stop = sessions.each((session) => {
			const stop = session.onChange((change) => this.#follow(session, change));
			return () => {
				stop();
				this.#rounds.forget(session);
			};
		});
	}

	get state(): SessionState {
		return this.#state;
	}

	get history(): SampleHistory {
		return this.#log.history;
	}

	/** Its own, and those of all sessions under their names. */
	get marks(): readonly Mark[] {
		const theirs = this.#sessions.all.flatMap(({ controller }) =>
			controller.marks
				.filter(({ kind }) => kind !== "baseline" && kind !== "gap")
				.map((mark) => ({ ...mark, text: named(controller, mark.text) })),
		);
		return [...this.#log.marks, ...theirs].sort((a, b) => a.t - b.t).slice(-MARK_LIMIT);
	}

	/** What a process is measured against, for as many as there are. Durations do not add up. */
	get thresholds(): Thresholds {
		const { limits, targets } = this.#sessions.all[0]?.controller.thresholds ?? this.#log.thresholds;
		const many = Math.max(1, this.#members.length);
		const { external, outsideHeapGrowth, connections } = limits;
		return {
			limits: { ...limits, external: external * many, outsideHeapGrowth: outsideHeapGrowth * many, connections: connections * many },
			targets: { ...targets, external: targets.external * many, connections: targets.connections * many },
		};
	}

	/** What is made of each process, under its name. */
	get judgement(): Judgement {
		const { attached } = this.#sessions;
		const alerts = attached.flatMap((session) =>
			session.judgement.alerts.map((alert) => ({ ...alert, message: named(session, alert.message) })),
		);
		return { alerts: alerts.slice(0, ALERT_LIMIT), trends: [], warm: attached.every(({ judgement }) => judgement.warm) };
	}

	get sites(): readonly LocatedSite[] {
		const all = this.#sessions.all.flatMap(({ controller }) => controller.sites);
		const uris = new Map(all.map(({ shown, uri }) => [siteKey(shown), uri]));
		return mergedSites(all.map(({ shown }) => shown)).map((shown) => ({ shown, uri: uris.get(siteKey(shown)) ?? null }));
	}

	onChange(listener: (change: SessionChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	onLevels(_listener: LevelsListener): () => void {
		return () => {};
	}

	detach(): void {
		this.#sessions.detachAll();
	}

	clear(): void {
		this.#log.clear();
		this.#tell({ type: "renewed" });
	}

	/** A note is about all processes: it stands in the recording of each. */
	mark(mark: Mark): void {
		if (mark.kind === "note") for (const session of this.#sessions.attached) session.record(mark);
		this.#log.mark(mark);
		this.#tell({ type: "marks", marks: this.marks });
	}

	get nativeMemory(): NativeMemoryOutcome | null {
		return this.#nativeMemory;
	}

	/** What is mapped into each process is largely the same. */
	async readNativeMemory(): Promise<void> {
		const outcome = { kind: "failed", message: l10n.t("Native memory is read of one process: choose it first.") } as const;
		this.#nativeMemory = outcome;
		this.#tell({ type: "nativeMemory", outcome });
	}

	dispose(): void {
		this.#stop();
		this.#listeners.clear();
	}

	#follow(session: MonitorController, change: SessionChange): void {
		switch (change.type) {
			case "sample":
				// Where nothing was counted, nothing is to be joined.
				if (this.#rounds.sessions.length === 0) this.#log.begin(session.intervalMs);
				if (this.#rounds.take(session, change.sample)) this.#keep(summed(this.#rounds.latest));
				break;
			case "state":
				if (!isAttached(change.state.kind)) this.#rounds.forget(session);
				this.#showState();
				this.#tell({ type: "judgement", judgement: this.judgement });
				break;
			case "marks":
				this.#tell({ type: "marks", marks: this.marks });
				break;
			case "judgement":
				this.#tell({ type: "judgement", judgement: this.judgement });
				break;
			case "sites":
				this.#tell({ type: "sites", sites: this.sites.map(({ shown }) => shown) });
				break;
		}
	}

	#keep(sample: Sample): void {
		const before = this.#members;
		this.#members = this.#rounds.sessions;
		const afterGap = this.#log.push(sample);
		this.#tell({ type: "sample", sample, afterGap });
		const come = this.#members.filter((session) => !before.includes(session));
		const gone = before.filter((session) => !this.#members.includes(session));
		if (before.length > 0 && come.length + gone.length > 0) this.#countAnew(sample, come, gone);
	}

	/** A sum of other processes is no change of theirs. */
	#countAnew(sample: Sample, come: readonly MonitorController[], gone: readonly MonitorController[]): void {
		this.history.setBaseline(sample);
		const changes = [
			...come.map(({ state }) => `${sessionName(state)} counts from here on.`),
			...gone.map(({ state }) => `${sessionName(state)} counts no longer.`),
		];
		for (const text of changes) this.#log.mark({ t: sample.t, kind: "baseline", text });
		this.#tell({ type: "renewed" });
	}

	#showState(): void {
		const states = this.#sessions.all.map(({ controller }) => controller.state);
		this.#state = [...states].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))[0] ?? { kind: "idle" };
		this.#tell({ type: "state", state: this.#state });
	}

	#tell(change: SessionChange): void {
		for (const listener of this.#listeners) listener(change);
	}
}

function named({ state }: MonitorController, text: string): string {
	return `${sessionName(state)}: ${text}`;
}
