/** Which processes the window watches, for the dashboard's choice among them. */
import { type Guard, isAmount, isInteger, isListOf, isLiteral, isOneOf, isShape, isText } from "./guard.js";
import type { SessionState } from "./monitor.js";
import { MAX_TITLE } from "./session-guard.js";

/** A session by its number in the window, or the sum of all. */
export type ShownChoice = number | "all";

export interface WatchedSession {
	readonly id: number;
	/** What is watched: its title and pid. */
	readonly name: string;
	readonly state: SessionState["kind"];
}

export interface Watched {
	/** Those that something was attached to, in the order of attaching. */
	readonly sessions: readonly WatchedSession[];
	readonly shown: ShownChoice;
}

export const NOTHING_WATCHED: Watched = { sessions: [], shown: 0 };

/** Sessions of one window. */
export const SESSION_LIMIT = 200;

const isKind: Guard<SessionState["kind"]> = isOneOf(
	isLiteral("idle"),
	isLiteral("connecting"),
	isLiteral("live"),
	isLiteral("silent"),
	isLiteral("gone"),
	isLiteral("detached"),
	isLiteral("error"),
);

export const isShownChoice: Guard<ShownChoice> = isOneOf(isInteger(0, Number.MAX_SAFE_INTEGER), isLiteral("all"));

export const isWatched: Guard<Watched> = isShape<Watched>({
	sessions: isListOf(isShape<WatchedSession>({ id: isAmount, name: isText(MAX_TITLE + 100), state: isKind }), SESSION_LIMIT),
	shown: isShownChoice,
});

/** Whether something is attached, or about to be. */
export function isAttached(kind: SessionState["kind"]): boolean {
	return kind === "connecting" || kind === "live" || kind === "silent";
}
