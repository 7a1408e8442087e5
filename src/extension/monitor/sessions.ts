import { isTarget } from "../../monitor/index.js";
import {
	type AttachTarget,
	isAttached,
	type NodeProcess,
	type ProcessTarget,
	type RecordingStatus,
	type TargetInfo,
	type WorkerInfo,
} from "../../protocol/index.js";
import { MonitorController } from "./controller.js";
import type { MonitorPort } from "./port.js";

/** A session with its number in this window. */
export interface NumberedSession {
	readonly id: number;
	readonly controller: MonitorController;
}

/** The worker threads of a process that is watched, and the way to them. */
export interface WatchedThreads {
	readonly target: TargetInfo;
	readonly of: ProcessTarget;
	readonly workers: readonly WorkerInfo[];
}

/** The sessions of this window, one per process that is watched; there is always one, which may have nothing attached. */
export class MonitorSessions {
	readonly #port: MonitorPort;
	readonly #recorded: (status: RecordingStatus) => void;
	readonly #listeners = new Set<() => void>();
	readonly #followers = new Map<(session: MonitorController) => () => void, Map<MonitorController, () => void>>();
	#sessions: readonly NumberedSession[] = [];
	#lastId = 0;

	/** @param recorded is told how the recordings fare */
	constructor(port: MonitorPort, recorded: (status: RecordingStatus) => void) {
		this.#port = port;
		this.#recorded = recorded;
		this.open();
	}

	/** In the order in which they were opened. */
	get all(): readonly NumberedSession[] {
		return this.#sessions;
	}

	/** Those that watch a process, or are about to. */
	get attached(): readonly MonitorController[] {
		return this.#sessions.map(({ controller }) => controller).filter(({ state }) => isAttached(state.kind));
	}

	/** The session that now watches this process of this machine, or this thread of it. */
	watching(process: Pick<NodeProcess, "pid" | "startedAt">, worker?: number): MonitorController | undefined {
		return this.attached.find(({ state }) => "target" in state && isTarget(process, state.target) && state.target.worker?.id === worker);
	}

	/** The session that now watches what has this identity. */
	identified(identity: string): MonitorController | undefined {
		return this.attached.find(({ state }) => "target" in state && state.target.identity === identity);
	}

	/** The worker threads of the processes that are watched, here and elsewhere. */
	async threads(): Promise<readonly WatchedThreads[]> {
		return (await Promise.all(this.attached.map(threadsOf))).flat();
	}

	processes(): Promise<readonly NodeProcess[]> {
		return this.#port.list();
	}

	open(): MonitorController {
		const controller = new MonitorController((events) => this.#port.open(events), this.#recorded);
		this.#sessions = [...this.#sessions, { id: ++this.#lastId, controller }];
		for (const [follow, stops] of this.#followers) stops.set(controller, follow(controller));
		this.#tell();
		return controller;
	}

	/** Ended sessions are there to be looked at until something else is attached; `kept` goes on. */
	closeEnded(kept: MonitorController): void {
		const ended = this.#sessions.filter(({ controller }) => controller !== kept && !isAttached(controller.state.kind));
		if (ended.length === 0) return;
		this.#sessions = this.#sessions.filter((session) => !ended.includes(session));
		for (const { controller } of ended) this.#close(controller);
		this.#tell();
	}

	/** Calls `follow` with each session, also with those to come; what it returns is called when the session ends, or when the function returned is called. */
	each(follow: (session: MonitorController) => () => void): () => void {
		this.#followers.set(follow, new Map(this.#sessions.map(({ controller }) => [controller, follow(controller)])));
		return () => {
			for (const stop of this.#followers.get(follow)?.values() ?? []) stop();
			this.#followers.delete(follow);
		};
	}

	/** Calls `listener` when sessions come or go, until the function returned is called. */
	onList(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Calls `listener` on every change of any session, and when sessions come or go, until the function returned is called. */
	onAny(listener: () => void): () => void {
		const stops = [this.onList(listener), this.each((session) => session.onChange(listener))];
		return () => {
			for (const stop of stops) stop();
		};
	}

	detachAll(): void {
		for (const session of this.attached) session.detach();
	}

	dispose(): void {
		for (const { controller } of this.#sessions) this.#close(controller);
		this.#listeners.clear();
		void this.#port.dispose();
	}

	#close(controller: MonitorController): void {
		for (const stops of this.#followers.values()) {
			stops.get(controller)?.();
			stops.delete(controller);
		}
		controller.dispose();
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}
}

async function threadsOf(session: MonitorController): Promise<readonly WatchedThreads[]> {
	if (session.state.kind !== "live") return [];
	const { target } = session.state;
	const of = wayTo(target, session.reachedBy);
	const workers = of === null ? [] : await session.workers();
	return of === null || workers.length === 0 ? [] : [{ target, of, workers }];
}

/** A process of this machine is reached by its pid, whatever it was attached by: so is the one that took its place. Null for a thread. */
function wayTo({ pid, startedAt, openedByUs }: TargetInfo, reachedBy: AttachTarget | null): ProcessTarget | null {
	if (reachedBy === null || reachedBy.kind === "worker") return null;
	// A thread keeps the inspector open that the monitor opened, also when its process is detached from.
	return startedAt === undefined ? reachedBy : { kind: "pid", pid, startedAt, mayOpenInspector: openedByUs };
}
