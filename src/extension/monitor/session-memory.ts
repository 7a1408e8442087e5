import type { MonitorController } from "./controller.js";
import { type LastSessions, type Remembered, remembered } from "./last-sessions.js";
import { LevelKeeper, type LevelKeeperDependencies } from "./level-keeper.js";
import type { MonitorSessions } from "./sessions.js";

/** Keeps what has to be known of the sessions when the window is reloaded, or a target is restarted. */
export class SessionMemory {
	readonly #sessions: MonitorSessions;
	readonly #last: LastSessions;
	readonly #known = new Map<MonitorController, { readonly keeper: LevelKeeper; last: Remembered | null }>();
	readonly #stop: () => void;

	constructor(sessions: MonitorSessions, last: LastSessions, levels: Omit<LevelKeeperDependencies, "changed">) {
		this.#sessions = sessions;
		this.#last = last;
		this.#stop = sessions.each((session) => {
			const keeper = new LevelKeeper(session, { ...levels, changed: () => this.#note(session) });
			this.#known.set(session, { keeper, last: null });
			const stop = session.onChange(({ type }) => {
				if (type === "state") this.#note(session);
			});
			return () => {
				stop();
				keeper.dispose();
				this.#known.delete(session);
			};
		});
	}

	/** The session is to stand again where a remembered one stood. */
	expect(session: MonitorController, { state, levels }: Remembered): void {
		this.#known.get(session)?.keeper.expect(state.target.pid, levels);
	}

	dispose(): void {
		this.#stop();
	}

	/** A session that is connecting is remembered as it was before. */
	#note(session: MonitorController): void {
		const known = this.#known.get(session);
		if (known === undefined) return;
		const now = remembered(session.state, session.recording, known.keeper.levels);
		if (now === null) return;
		known.last = now;
		this.#last.note(this.#sessions.all.flatMap(({ controller }) => this.#known.get(controller)?.last ?? []));
	}
}
