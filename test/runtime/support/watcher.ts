import { createProcessLister, MonitorSession, type SessionListener } from "../../../src/monitor/index.js";
import { SessionGroup } from "../../../src/monitor/session-group.js";
import type {
	AttachTarget,
	HeapProfileOutcome,
	Level,
	LevelState,
	MonitorOptions,
	NativeMemoryOutcome,
	Sample,
	SessionState,
	WorkerInfo,
} from "../../../src/protocol/index.js";

export const OPTIONS: MonitorOptions = { intervalMs: 250, databaseEndpoints: [], slowQueryMs: 5_000, allowRemote: false };

const PATIENCE_MS = 30_000;

type StateOf<K extends SessionState["kind"]> = Extract<SessionState, { kind: K }>;

/** A session that keeps all it was told, for tests to wait on. */
export class Watcher {
	readonly states: SessionState[] = [];
	readonly samples: Sample[] = [];
	levels: readonly LevelState[] = [];
	private readonly waiting = new Set<() => void>();
	private readonly session: MonitorSession;

	/** @param group with other watchers of the same monitor */
	constructor(group = new SessionGroup()) {
		const listener: SessionListener = {
			state: (state) => this.keep(() => this.states.push(state)),
			sample: (sample) => this.keep(() => this.samples.push(sample)),
			levels: (levels) =>
				this.keep(() => {
					this.levels = levels;
				}),
		};
		this.session = new MonitorSession(createProcessLister(), listener, group);
	}

	attach(target: AttachTarget, options: Partial<MonitorOptions> = {}): Promise<void> {
		return this.session.attach(target, { ...OPTIONS, ...options });
	}

	attachByPid(pid: number, options: Partial<MonitorOptions> = {}): Promise<void> {
		return this.attach({ kind: "pid", pid, mayOpenInspector: true }, options);
	}

	detach(): Promise<void> {
		return this.session.detach();
	}

	setLevel(level: Level, on: boolean): Promise<void> {
		return this.session.setLevel(level, on);
	}

	profileHeap(seconds: number): Promise<HeapProfileOutcome> {
		return this.session.profileHeap(seconds);
	}

	readNativeMemory(): Promise<NativeMemoryOutcome> {
		return this.session.readNativeMemory();
	}

	workers(): Promise<readonly WorkerInfo[]> {
		return this.session.workers();
	}

	setDatabaseUrl(url: string | null): void {
		this.session.setDatabaseUrl(url);
	}

	/** Where a level stands now. */
	level(level: Level): LevelState {
		const found = this.levels.find((state) => state.level === level);
		if (found === undefined) throw new Error(`Nothing is known of the level ${level}.`);
		return found;
	}

	dispose(): Promise<void> {
		return this.session.dispose();
	}

	get state(): SessionState {
		return this.states.at(-1) ?? { kind: "idle" };
	}

	/** The present state, which has to be of this kind. */
	is<K extends SessionState["kind"]>(kind: K): StateOf<K> {
		const { state } = this;
		if (!isKind(state, kind)) throw new Error(`The session is not ${kind} but ${JSON.stringify(state)}.`);
		return state;
	}

	/** Waits until the present state is of this kind. */
	async until<K extends SessionState["kind"]>(kind: K): Promise<StateOf<K>> {
		await this.when(() => this.state.kind === kind, kind);
		return this.is(kind);
	}

	/** The first sample that was taken after this call and fits. */
	async nextSample(fits: (sample: Sample) => boolean = () => true): Promise<Sample> {
		const from = this.samples.length;
		const found = () => this.samples.slice(from).find(fits);
		await this.when(() => found() !== undefined, "a sample that fits");
		const sample = found();
		if (sample === undefined) throw new Error("unreachable: the sample was found before");
		return sample;
	}

	private keep(change: () => void): void {
		change();
		for (const check of this.waiting) check();
	}

	private when(condition: () => boolean, what: string): Promise<void> {
		return new Promise((resolve, reject) => {
			const settle = (finish: () => void) => {
				this.waiting.delete(check);
				clearTimeout(late);
				finish();
			};
			const check = () => {
				if (condition()) settle(resolve);
			};
			const complain = () =>
				reject(
					new Error(
						`No ${what} in ${PATIENCE_MS} ms; state ${JSON.stringify(this.state)}, last sample ${JSON.stringify(this.samples.at(-1))}`,
					),
				);
			const late = setTimeout(() => settle(complain), PATIENCE_MS);
			this.waiting.add(check);
			check();
		});
	}
}

function isKind<K extends SessionState["kind"]>(state: SessionState, kind: K): state is StateOf<K> {
	return state.kind === kind;
}
