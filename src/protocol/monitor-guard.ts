import {
	type Guard,
	isAmount,
	isBoolean,
	isInteger,
	isListOf,
	isLiteral,
	isNullOr,
	isOneOf,
	isOptional,
	isShape,
	isText,
} from "./guard.js";
import { HEAP_PROFILE_SECONDS, isHeapProfileOutcome } from "./heap-profile.js";
import { isLevel, isLevelState, LEVELS } from "./levels.js";
import { isNote } from "./marks.js";
import type {
	AttachTarget,
	InspectorState,
	MonitorEvent,
	MonitorOptions,
	MonitorRequest,
	NodeProcess,
	ProcessTarget,
	SessionEvent,
	SessionRequest,
} from "./monitor.js";
import { isNativeMemoryOutcome } from "./native-memory.js";
import { isRecordingOptions, isRecordingStatus } from "./recording.js";
import { isSample } from "./sample.js";
import { isEndpoint, isMessage, isPid, isSessionState, isWorkerId, isWorkerInfo, MAX_TITLE } from "./session-guard.js";

/** The shortest and the longest interval between two samples, in milliseconds. */
export const INTERVAL_MS = { min: 250, max: 60_000 } as const;
/** Longer lists of processes are cut by the monitor and refused by its readers. */
export const MAX_PROCESSES = 5_000;

/** Threads of one process that are told. */
export const MAX_WORKERS = 1_000;

/** Longest URL of a database that is taken. */
export const MAX_DATABASE_URL = 4_096;

type Event<T extends MonitorEvent["type"]> = Extract<MonitorEvent, { type: T }>;
type Told<T extends SessionEvent["type"]> = Extract<SessionEvent, { type: T }>;
type Request<T extends MonitorRequest["type"]> = Extract<MonitorRequest, { type: T }>;
type Asked<T extends SessionRequest["type"]> = Extract<SessionRequest, { type: T }>;
type Target<K extends AttachTarget["kind"]> = Extract<AttachTarget, { kind: K }>;
type Inspector<K extends InspectorState["kind"]> = Extract<InspectorState, { kind: K }>;

const isPort = isInteger(1, 65_535);
const isHost = isText(255);
/** A path can lead nowhere else: no query, no fragment, no second host. */
const isPath: Guard<string> = (value): value is string => isText(200)(value) && /^[\w.~-]+(\/[\w.~-]+)*$/.test(value);
const isRequestId = isInteger(0, Number.MAX_SAFE_INTEGER);

const isInspectorState: Guard<InspectorState> = isOneOf(
	isShape<Inspector<"open">>({ kind: isLiteral("open"), host: isHost, port: isPort }),
	isShape<Inspector<"closed">>({ kind: isLiteral("closed") }),
);

const isOpenable: Guard<NodeProcess["openable"]> = isOneOf(
	isShape<{ readonly ok: true }>({ ok: isLiteral(true) }),
	isShape<{ readonly ok: false; readonly reason: string }>({ ok: isLiteral(false), reason: isMessage }),
);

export const isNodeProcess: Guard<NodeProcess> = isShape<NodeProcess>({
	pid: isPid,
	parentPid: isInteger(0, 2 ** 31 - 1),
	title: isText(MAX_TITLE),
	cwd: isNullOr(isText(4_096)),
	startedAt: isNullOr(isAmount),
	rss: isNullOr(isAmount),
	inspector: isInspectorState,
	openable: isOpenable,
});

const isProcessTarget: Guard<ProcessTarget> = isOneOf(
	isShape<Target<"pid">>({ kind: isLiteral("pid"), pid: isPid, startedAt: isOptional(isNullOr(isAmount)), mayOpenInspector: isBoolean }),
	isShape<Target<"address">>({ kind: isLiteral("address"), host: isHost, port: isPort, path: isOptional(isPath) }),
	isShape<Target<"debugSession">>({ kind: isLiteral("debugSession"), host: isHost, port: isPort, path: isPath }),
);

const isAttachTarget: Guard<AttachTarget> = isOneOf(
	isProcessTarget,
	isShape<Target<"worker">>({ kind: isLiteral("worker"), worker: isWorkerId, of: isProcessTarget }),
);

const isMonitorOptions: Guard<MonitorOptions> = isShape<MonitorOptions>({
	intervalMs: isInteger(INTERVAL_MS.min, INTERVAL_MS.max),
	databaseEndpoints: isListOf(isEndpoint, 100),
	slowQueryMs: isAmount,
	allowRemote: isBoolean,
	recording: isOptional(isRecordingOptions),
});

const isSessionNumber = isInteger(0, Number.MAX_SAFE_INTEGER);

const isSessionRequest: Guard<SessionRequest> = isOneOf(
	isShape<Asked<"attach">>({ type: isLiteral("attach"), target: isAttachTarget, options: isMonitorOptions }),
	isShape<Asked<"detach">>({ type: isLiteral("detach") }),
	isShape<Asked<"level">>({ type: isLiteral("level"), level: isLevel, on: isBoolean }),
	isShape<Asked<"heapProfile">>({
		type: isLiteral("heapProfile"),
		id: isRequestId,
		seconds: isInteger(HEAP_PROFILE_SECONDS.min, HEAP_PROFILE_SECONDS.max),
	}),
	isShape<Asked<"nativeMemory">>({ type: isLiteral("nativeMemory"), id: isRequestId }),
	isShape<Asked<"note">>({ type: isLiteral("note"), note: isNote }),
	isShape<Asked<"databaseUrl">>({ type: isLiteral("databaseUrl"), url: isNullOr(isText(MAX_DATABASE_URL)) }),
	isShape<Asked<"workers">>({ type: isLiteral("workers"), id: isRequestId }),
	isShape<Asked<"close">>({ type: isLiteral("close") }),
);

export const isMonitorRequest: Guard<MonitorRequest> = isOneOf(
	isShape<Request<"list">>({ type: isLiteral("list"), id: isRequestId }),
	isShape<Request<"session">>({ type: isLiteral("session"), session: isSessionNumber, request: isSessionRequest }),
);

const isSessionEvent: Guard<SessionEvent> = isOneOf(
	isShape<Told<"state">>({ type: isLiteral("state"), state: isSessionState }),
	isShape<Told<"sample">>({ type: isLiteral("sample"), sample: isSample }),
	isShape<Told<"recording">>({ type: isLiteral("recording"), status: isRecordingStatus }),
	isShape<Told<"heapProfile">>({ type: isLiteral("heapProfile"), id: isRequestId, outcome: isHeapProfileOutcome }),
	isShape<Told<"nativeMemory">>({ type: isLiteral("nativeMemory"), id: isRequestId, outcome: isNativeMemoryOutcome }),
	isShape<Told<"workers">>({ type: isLiteral("workers"), id: isRequestId, workers: isListOf(isWorkerInfo, MAX_WORKERS) }),
	isShape<Told<"levels">>({ type: isLiteral("levels"), levels: isListOf(isLevelState, LEVELS.length) }),
);

export const isMonitorEvent: Guard<MonitorEvent> = isOneOf(
	isShape<Event<"processes">>({ type: isLiteral("processes"), id: isRequestId, processes: isListOf(isNodeProcess, MAX_PROCESSES) }),
	isShape<Event<"listFailed">>({ type: isLiteral("listFailed"), id: isRequestId, message: isMessage }),
	isShape<Event<"session">>({ type: isLiteral("session"), session: isSessionNumber, event: isSessionEvent }),
);
