/** What happened and when: drawn on every chart, and listed. */
import { type Guard, isAmount, isLiteral, isOneOf, isShape } from "./guard.js";
import { isMessage } from "./session-guard.js";

export interface Mark {
	/** Milliseconds since the epoch. */
	readonly t: number;
	/** `restart`: another process took over; `gap`: samples are missing before it; `end`: the process ended or was detached; `note`: the reader's own words. */
	readonly kind: "restart" | "gap" | "end" | "alert" | "baseline" | "note";
	/** For people. */
	readonly text: string;
}

/** The reader's own words about a moment. */
export type Note = Pick<Mark, "t" | "text">;

/** The latest marks of a session are kept. */
export const MARK_LIMIT = 500;
/** Longest note, in characters. */
export const NOTE_LIMIT = 200;

export const isNote: Guard<Note> = isShape<Note>({ t: isAmount, text: isMessage });

export const isMark: Guard<Mark> = isShape<Mark>({
	t: isAmount,
	kind: isOneOf(isLiteral("restart"), isLiteral("gap"), isLiteral("end"), isLiteral("alert"), isLiteral("baseline"), isLiteral("note")),
	text: isMessage,
});
