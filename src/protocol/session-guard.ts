import { type Guard, isAmount, isBoolean, isLiteral, isOneOf, isRecord, isShape, isString } from "./guard.js";
import type { SessionState, TargetInfo } from "./monitor.js";

const isTargetInfo: Guard<TargetInfo> = isShape<TargetInfo>({
	pid: isAmount,
	title: isString,
	nodeVersion: isString,
	inspector: isString,
	openedByUs: isBoolean,
});

type StateOf<K extends SessionState["kind"]> = Extract<SessionState, { kind: K }>;

const isIdle = isShape<StateOf<"idle">>({ kind: isLiteral("idle") });
const isConnecting = isShape<StateOf<"connecting">>({ kind: isLiteral("connecting"), step: isString });
const isLive = isShape<StateOf<"live">>({ kind: isLiteral("live"), target: isTargetInfo, since: isAmount });
const isGone = isShape<StateOf<"gone">>({ kind: isLiteral("gone"), target: isTargetInfo, at: isAmount, reason: isString });
const isDetached = isShape<StateOf<"detached">>({ kind: isLiteral("detached"), target: isTargetInfo, at: isAmount });
const isErrorHead = isShape<Omit<StateOf<"error">, "detail">>({ kind: isLiteral("error"), message: isString, action: isString });

const isError: Guard<StateOf<"error">> = (value): value is StateOf<"error"> =>
	isRecord(value) && (value.detail === undefined || isString(value.detail)) && isErrorHead(value);

export const isSessionState: Guard<SessionState> = isOneOf(isIdle, isConnecting, isLive, isGone, isDetached, isError);
