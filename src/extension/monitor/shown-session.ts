import { isAttached, type Mark, type ShownChoice, type Watched } from "../../protocol/index.js";
import type { MonitorController } from "./controller.js";
import { sessionName } from "./session-names.js";
import type { LevelsListener, SessionChange, SessionView } from "./session-view.js";
import type { MonitorSessions } from "./sessions.js";
import { SummedSession } from "./summed-session.js";

/** What the dashboard shows of the window's sessions: the one that was attached last, until another one or their sum is chosen. */
export class ShownSession implements SessionView {
	readonly #sessions: MonitorSessions;
	readonly #sum: SummedSession;
	readonly #listeners = new Set<(change: SessionChange) => void>();
	readonly #levelsListeners = new Set<LevelsListener>();
	readonly #watchedListeners = new Set<(watched: Watched) => void>();
	readonly #stopSessions: readonly (() => void)[];
	#choice: ShownChoice;
	#view: SessionView;
	#stops: readonly (() => void)[] = [];
	#told = "";

	constructor(sessions: MonitorSessions) {
		this.#sessions = sessions;
		this.#sum = new SummedSession(sessions);
		this.#choice = sessions.all[0]?.id ?? 0;
		this.#view = this.#sum;
		this.#turnTo();
		this.#stopSessions = [
			sessions.onList(() => this.#turnTo()),
			sessions.each((session) =>
				session.onChange(({ type }) => {
					if (type === "state") this.#tellWatched();
				}),
			),
		];
	}

	get choice(): ShownChoice {
		return this.#choice;
	}

	/** The session that is shown; null while their sum is. */
	get session(): MonitorController | null {
		return this.#sessions.all.find(({ id }) => id === this.#choice)?.controller ?? null;
	}

	/** The choice there is. */
	get watched(): Watched {
		const sessions = this.#sessions.all.filter(({ controller: { state } }) => state.kind !== "idle");
		return {
			sessions: sessions.map(({ id, controller: { state } }) => ({ id, name: sessionName(state), state: state.kind })),
			shown: this.#choice,
		};
	}

	choose(choice: ShownChoice): void {
		this.#choice = choice;
		this.#turnTo();
	}

	show(session: MonitorController): void {
		this.choose(this.#sessions.all.find(({ controller }) => controller === session)?.id ?? this.#choice);
	}

	get state() {
		return this.#view.state;
	}

	get history() {
		return this.#view.history;
	}

	get marks() {
		return this.#view.marks;
	}

	get thresholds() {
		return this.#view.thresholds;
	}

	get judgement() {
		return this.#view.judgement;
	}

	get levels() {
		return this.#view.levels;
	}

	get nativeMemory() {
		return this.#view.nativeMemory;
	}

	get sites() {
		return this.#view.sites;
	}

	onChange(listener: (change: SessionChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	onLevels(listener: LevelsListener): () => void {
		this.#levelsListeners.add(listener);
		return () => this.#levelsListeners.delete(listener);
	}

	/** Calls `listener` when there is another choice, or another one is chosen, until the function returned is called. */
	onWatched(listener: (watched: Watched) => void): () => void {
		this.#watchedListeners.add(listener);
		return () => this.#watchedListeners.delete(listener);
	}

	detach(): void {
		this.#view.detach();
	}

	clear(): void {
		this.#view.clear();
	}

	mark(mark: Mark): void {
		this.#view.mark(mark);
	}

	readNativeMemory(): Promise<void> {
		return this.#view.readNativeMemory();
	}

	dispose(): void {
		for (const stop of this.#stops) stop();
		for (const stop of this.#stopSessions) stop();
		this.#sum.dispose();
	}

	/** What was chosen, as far as it is still there: else the first that is watched. */
	#turnTo(): void {
		const { all } = this.#sessions;
		if (this.#choice !== "all" && this.session === null) {
			const next = all.find(({ controller }) => isAttached(controller.state.kind)) ?? all[0];
			this.#choice = next?.id ?? this.#choice;
		}
		const view = this.session ?? this.#sum;
		if (view !== this.#view) this.#follow(view);
		this.#tellWatched();
	}

	#follow(view: SessionView): void {
		for (const stop of this.#stops) stop();
		this.#view = view;
		this.#stops = [
			view.onChange((change) => this.#pass(change)),
			view.onLevels((levels) => {
				for (const listener of this.#levelsListeners) listener(levels);
			}),
		];
		this.#pass({ type: "renewed" });
	}

	/** Says nothing twice. */
	#tellWatched(): void {
		const { watched } = this;
		const text = JSON.stringify(watched);
		if (text === this.#told) return;
		this.#told = text;
		for (const listener of this.#watchedListeners) listener(watched);
	}

	#pass(change: SessionChange): void {
		for (const listener of this.#listeners) listener(change);
	}
}
