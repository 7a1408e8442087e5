import { type Guard, isAmount, isBoolean, isInteger, isLiteral, isOneOf, isOptional, isShape, isText } from "./guard.js";
import type { SessionState, TargetInfo, WorkerInfo } from "./monitor.js";

/** Longest sentence for people that crosses a border. */
export const MAX_MESSAGE = 2_000;
/** Longest title of a process. */
export const MAX_TITLE = 200;
const MAX_IDENTITY = 100;

export const isPid = isInteger(1, 2 ** 31 - 1);
export const isMessage = isText(MAX_MESSAGE);
/** `host:port` */
export const isEndpoint = isText(300);

export const isWorkerId = isInteger(1, Number.MAX_SAFE_INTEGER);
export const isWorkerInfo: Guard<WorkerInfo> = isShape<WorkerInfo>({ id: isWorkerId, title: isText(MAX_TITLE) });

export const isTargetInfo: Guard<TargetInfo> = isShape<TargetInfo>({
	pid: isPid,
	title: isText(MAX_TITLE),
	worker: isOptional(isWorkerInfo),
	startedAt: isOptional(isAmount),
	identity: isOptional(isText(MAX_IDENTITY)),
	nodeVersion: isText(100),
	inspector: isEndpoint,
	openedByUs: isBoolean,
});

type StateOf<K extends SessionState["kind"]> = Extract<SessionState, { kind: K }>;

export const isSessionState: Guard<SessionState> = isOneOf(
	isShape<StateOf<"idle">>({ kind: isLiteral("idle") }),
	isShape<StateOf<"connecting">>({ kind: isLiteral("connecting"), step: isMessage }),
	isShape<StateOf<"live">>({ kind: isLiteral("live"), target: isTargetInfo, since: isAmount }),
	isShape<StateOf<"silent">>({ kind: isLiteral("silent"), target: isTargetInfo, since: isAmount, reason: isMessage }),
	isShape<StateOf<"gone">>({
		kind: isLiteral("gone"),
		target: isTargetInfo,
		at: isAmount,
		reason: isMessage,
		successorPid: isOptional(isPid),
	}),
	isShape<StateOf<"detached">>({ kind: isLiteral("detached"), target: isTargetInfo, at: isAmount }),
	isShape<StateOf<"error">>({
		kind: isLiteral("error"),
		message: isMessage,
		action: isMessage,
		detail: isOptional(isMessage),
		watched: isOptional(isText(MAX_IDENTITY)),
	}),
);
