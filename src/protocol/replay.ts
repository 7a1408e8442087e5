import { type Guard, isAmount, isLiteral, isNullOr, isOneOf, isShape, isText } from "./guard.js";
import type { SessionState } from "./monitor.js";
import { isMessage, isPid, isSessionState, MAX_TITLE } from "./session-guard.js";

/** A recording is shown in place of a session. */
export interface ReplayState {
	readonly kind: "replay";
	/** What was watched. */
	readonly name: string;
	/** Of the last process in it. */
	readonly pid: number;
	/** Of its first and last sample, in milliseconds since the epoch. */
	readonly from: number;
	readonly to: number;
	/** What could not be read, in words for people; null when all of it was. */
	readonly damage: string | null;
}

/** What the dashboard shows. */
export type ShownState = SessionState | ReplayState;

export const isShownState: Guard<ShownState> = isOneOf(
	isSessionState,
	isShape<ReplayState>({
		kind: isLiteral("replay"),
		name: isText(MAX_TITLE),
		pid: isPid,
		from: isAmount,
		to: isAmount,
		damage: isNullOr(isMessage),
	}),
);
