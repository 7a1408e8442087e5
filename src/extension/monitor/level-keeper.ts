import {
	LEVEL_WORDS,
	LEVELS,
	type Level,
	type LevelState,
	openDatabaseConnections,
	type Sample,
	type SessionState,
} from "../../protocol/index.js";
import type { MonitorController } from "./controller.js";
import type { SessionChange } from "./session-view.js";

/** These search the heap for what Prisma has put there. */
const SEARCHING: readonly Level[] = ["inventory", "sites"];
/** A process that has not connected to a database by then is searched all the same. */
const SETTLED_MS = 10_000;

export interface LevelKeeperDependencies {
	/** Gives the session what its level `database` connects with, where that is stored; false where it is not. */
	giveDatabaseUrl(session: MonitorController): Promise<boolean>;
	/** Told what is turned on again. */
	log(text: string): void;
	/** Told when other levels are kept than before. */
	changed(): void;
}

/** A process in which levels are to be turned on again. */
interface Return {
	readonly pid: number;
	/** Whether it took the place of another one, and may not have loaded Prisma yet. */
	readonly isNew: boolean;
}

/**
 * Keeps the levels that a person turned on in a session: they are turned on again in the process that takes the target's place, and in
 * the same one after the window was reloaded. They were agreed to for the session, so nothing is asked again.
 */
export class LevelKeeper {
	readonly #session: MonitorController;
	readonly #dependencies: LevelKeeperDependencies;
	readonly #kept = new Set<Level>();
	readonly #stops: readonly (() => void)[];
	#states: readonly LevelState[] = [];
	#expected: Return | null = null;
	/** Since when the expected process is watched. */
	#liveAt = 0;
	#waiting: readonly Level[] = [];

	constructor(session: MonitorController, dependencies: LevelKeeperDependencies) {
		this.#session = session;
		this.#dependencies = dependencies;
		this.#stops = [session.onLevels((states) => this.#note(states)), session.onChange((change) => this.#follow(change))];
	}

	/** Levels that are on, or will be when the process is back. */
	get levels(): readonly Level[] {
		return LEVELS.filter((level) => this.#kept.has(level));
	}

	/** Takes over what was on in the process `pid` before the window was reloaded. */
	expect(pid: number, levels: readonly Level[]): void {
		for (const level of levels) this.#kept.add(level);
		this.#expected = { pid, isNew: false };
	}

	dispose(): void {
		for (const stop of this.#stops) stop();
	}

	/** Where nothing is attached there are no states, and what was on stays kept. */
	#note(states: readonly LevelState[]): void {
		const before = this.levels.join();
		for (const { level, status } of states) {
			const was = this.#states.find((state) => state.level === level)?.status ?? "off";
			if (status === "on") this.#kept.add(level);
			else if (status === "failed" || (status === "off" && was !== "off")) this.#kept.delete(level);
		}
		this.#states = states;
		if (this.levels.join() !== before) this.#dependencies.changed();
	}

	#follow(change: SessionChange): void {
		if (change.type === "state") this.#followState(change.state);
		else if (change.type === "sample" && this.#waiting.length > 0) void this.#turnOnAgain(change.sample);
	}

	#followState(state: SessionState): void {
		switch (state.kind) {
			case "gone":
				this.#waiting = [];
				this.#expected = state.successorPid === undefined ? null : { pid: state.successorPid, isNew: true };
				break;
			case "live":
				this.#begin(state.target.pid);
				break;
			case "detached":
			case "error":
				this.#forget();
				break;
		}
	}

	/** A process that nobody expected was chosen by a person, who was told of no price. */
	#begin(pid: number): void {
		if (this.#states.some(({ status }) => status !== "off")) return;
		if (this.#expected?.pid !== pid) {
			this.#forget();
			return;
		}
		this.#liveAt = Date.now();
		this.#waiting = this.levels;
	}

	#forget(): void {
		this.#waiting = [];
		this.#expected = null;
		if (this.#kept.size === 0) return;
		this.#kept.clear();
		this.#dependencies.changed();
	}

	async #turnOnAgain(sample: Sample): Promise<void> {
		const expected = this.#expected;
		const isSettled = expected?.isNew !== true || openDatabaseConnections(sample) > 0 || sample.t - this.#liveAt >= SETTLED_MS;
		const ready = this.#waiting.filter((level) => isSettled || !SEARCHING.includes(level));
		this.#waiting = this.#waiting.filter((level) => !ready.includes(level));
		const hasUrl = ready.includes("database") && (await this.#dependencies.giveDatabaseUrl(this.#session));
		const again = ready.filter((level) => level !== "database" || hasUrl);
		// The process may have ended while the URL was read.
		if (again.length === 0 || this.#expected !== expected) return;
		for (const level of again) this.#session.setLevel(level, true);
		const text = `Measured again, as before: ${again.map((level) => LEVEL_WORDS[level].name).join(", ")}.`;
		this.#session.mark({ t: sample.t, kind: "note", text });
		this.#dependencies.log(text);
	}
}
