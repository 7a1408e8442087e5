/** Messages between the extension (or command line) and the monitor process, `dist/monitor.js`. */
import type { HeapProfileOutcome } from "./heap-profile.js";
import type { Level, LevelState } from "./levels.js";
import type { Note } from "./marks.js";
import type { NativeMemoryOutcome } from "./native-memory.js";
import type { RecordingOptions, RecordingStatus } from "./recording.js";
import type { Sample } from "./sample.js";

/** A Node process that runs on this machine. */
export interface NodeProcess {
	readonly pid: number;
	readonly parentPid: number;
	/** The script or command as a person would name it: `server.js`, `tsx src/index.ts`. */
	readonly title: string;
	readonly cwd: string | null;
	readonly startedAt: number | null;
	readonly rss: number | null;
	readonly inspector: InspectorState;
	/** Whether the inspector could be opened by signal, and if not, why, in words for people. */
	readonly openable: { readonly ok: true } | { readonly ok: false; readonly reason: string };
}

export type InspectorState = { readonly kind: "open"; readonly host: string; readonly port: number } | { readonly kind: "closed" };

export type AttachTarget =
	| ProcessTarget
	/** A thread of a process. */
	| { readonly kind: "worker"; readonly worker: number; readonly of: ProcessTarget };

/** A process, by its main thread. */
export type ProcessTarget =
	/** `startedAt`: as the list of processes had it, where the pid was chosen from one: by now it may belong to another process. */
	| { readonly kind: "pid"; readonly pid: number; readonly startedAt?: number | null; readonly mayOpenInspector: boolean }
	/** `path`: of the inspector's web socket, without a leading slash; where it is left out, the inspector is asked for it. */
	| { readonly kind: "address"; readonly host: string; readonly port: number; readonly path?: string }
	/** A debugger's proxy to its own connection, as VS Code's js-debug opens one. `path` has no leading slash. */
	| { readonly kind: "debugSession"; readonly host: string; readonly port: number; readonly path: string };

/** A worker thread of a process. */
export interface WorkerInfo {
	/** As `worker_threads` numbers it: unique in its process for ever. */
	readonly id: number;
	/** The name it was given, else its script. */
	readonly title: string;
}

export interface TargetInfo {
	readonly pid: number;
	readonly title: string;
	/** Of a target that is not the main thread. */
	readonly worker?: WorkerInfo;
	/** When the process began, where this machine's system tells; with the pid it names a process of this machine for ever. */
	readonly startedAt?: number;
	/** The same for every way to this process, or this thread of it, and for none to another; absent where the process is too old to say. */
	readonly identity?: string;
	readonly nodeVersion: string;
	/** `host:port` of the inspector in use. */
	readonly inspector: string;
	/** True when the monitor opened the inspector; it closes it again on detach. */
	readonly openedByUs: boolean;
}

export type SessionState =
	| { readonly kind: "idle" }
	| { readonly kind: "connecting"; readonly step: string }
	| { readonly kind: "live"; readonly target: TargetInfo; readonly since: number }
	/** Attached, but the target does not answer since `since`: stopped, or its event loop is blocked. It turns live again by itself. */
	| { readonly kind: "silent"; readonly target: TargetInfo; readonly since: number; readonly reason: string }
	/** `successorPid` names a process that runs the same script since: the target was restarted, and is attached to again if that can be done. */
	| { readonly kind: "gone"; readonly target: TargetInfo; readonly at: number; readonly reason: string; readonly successorPid?: number }
	| { readonly kind: "detached"; readonly target: TargetInfo; readonly at: number }
	/** `message` says what happened, `action` what to do, `detail` is folded away. `watched`: the identity of what another session watches already. */
	| { readonly kind: "error"; readonly message: string; readonly action: string; readonly detail?: string; readonly watched?: string };

export interface MonitorOptions {
	readonly intervalMs: number;
	/** Endpoints (`host:port` or port) known to be databases, from the workspace's own URLs. */
	readonly databaseEndpoints: readonly string[];
	/** Operations that take longer are listed one by one by the level `trace`, milliseconds. */
	readonly slowQueryMs: number;
	/** Whether hosts other than loopback may be attached to. */
	readonly allowRemote: boolean;
	/** Without it nothing is recorded. */
	readonly recording?: RecordingOptions;
}

/** What the monitor process is asked for. Its sessions are numbered by who asks; one begins with the first request that names it. */
export type MonitorRequest =
	| { readonly type: "list"; readonly id: number }
	| { readonly type: "session"; readonly session: number; readonly request: SessionRequest };

/** What one session is asked for. */
export type SessionRequest =
	| { readonly type: "attach"; readonly target: AttachTarget; readonly options: MonitorOptions }
	| { readonly type: "detach" }
	/** Turns a level on or off in the attached process; what comes of it is told by `levels`. */
	| { readonly type: "level"; readonly level: Level; readonly on: boolean }
	/** Profiles the heap of the attached process; answered by the event of the same name. */
	| { readonly type: "heapProfile"; readonly id: number; readonly seconds: number }
	/** Reads what the native memory of the attached process is made of; answered by the event of the same name. */
	| { readonly type: "nativeMemory"; readonly id: number }
	/** Asks for the worker threads of the attached process; answered by the event of the same name. */
	| { readonly type: "workers"; readonly id: number }
	/** Writes the reader's own words into the recording. */
	| { readonly type: "note"; readonly note: Note }
	/** The URL that the level `database` connects with, secrets and all; null forgets it. It is kept in memory only. */
	| { readonly type: "databaseUrl"; readonly url: string | null }
	/** Detaches, and ends the session. */
	| { readonly type: "close" };

export type MonitorEvent =
	| { readonly type: "processes"; readonly id: number; readonly processes: readonly NodeProcess[] }
	| { readonly type: "listFailed"; readonly id: number; readonly message: string }
	| { readonly type: "session"; readonly session: number; readonly event: SessionEvent };

export type SessionEvent =
	| { readonly type: "state"; readonly state: SessionState }
	| { readonly type: "sample"; readonly sample: Sample }
	| { readonly type: "recording"; readonly status: RecordingStatus }
	| { readonly type: "heapProfile"; readonly id: number; readonly outcome: HeapProfileOutcome }
	| { readonly type: "nativeMemory"; readonly id: number; readonly outcome: NativeMemoryOutcome }
	| { readonly type: "workers"; readonly id: number; readonly workers: readonly WorkerInfo[] }
	/** Where every level stands; empty when nothing is attached. */
	| { readonly type: "levels"; readonly levels: readonly LevelState[] };
