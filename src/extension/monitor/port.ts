import type {
	AttachTarget,
	HeapProfileOutcome,
	Level,
	LevelState,
	MonitorOptions,
	NativeMemoryOutcome,
	NodeProcess,
	Note,
	RecordingStatus,
	Sample,
	SessionState,
	WorkerInfo,
} from "../../protocol/index.js";

/** What the extension needs of the monitor process, which is started when it is first asked for something. */
export interface MonitorPort {
	/** Node processes of this machine. Rejects with a message for people. */
	list(): Promise<readonly NodeProcess[]>;
	/** A session of its own, which watches one target at a time. */
	open(events: MonitorEvents): SessionPort;
	/** Detaches from every target and ends the monitor process. */
	dispose(): Promise<void>;
}

/** One session of the monitor process. */
export interface SessionPort {
	attach(target: AttachTarget, options: MonitorOptions): void;
	/** Leaves the target as it was found, or gives up an attempt to attach. */
	detach(): void;
	/** Turns a level of the attached process on or off. */
	setLevel(level: Level, on: boolean): void;
	/** What the level `database` connects with, secrets and all; null forgets it. */
	setDatabaseUrl(url: string | null): void;
	/** Which functions allocated what the attached process holds, sampled for `seconds`. */
	profileHeap(seconds: number): Promise<HeapProfileOutcome>;
	/** What the native memory of the attached process is made of. */
	readNativeMemory(): Promise<NativeMemoryOutcome>;
	/** Writes the reader's own words into the recording, where there is one. */
	note(note: Note): void;
	/** The worker threads of the attached process, the oldest first. */
	workers(): Promise<readonly WorkerInfo[]>;
	/** Detaches, and ends the session. */
	close(): void;
}

export interface MonitorEvents {
	state(state: SessionState): void;
	sample(sample: Sample): void;
	/** A recording begins, cannot be written, or can again. */
	recording(status: RecordingStatus): void;
	/** Where every level of the attached process stands; empty when nothing is attached. */
	levels(levels: readonly LevelState[]): void;
}
