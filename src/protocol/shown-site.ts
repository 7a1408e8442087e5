import { SITE_LIMIT } from "./clients-sample.js";
import { type Guard, isAmount, isBoolean, isInteger, isListOf, isNullOr, isShape, isString, isText } from "./guard.js";

/** A place where the attached process makes clients, as the dashboard shows it. It is opened by its index among those that were told. */
export interface ShownSite {
	/** Relative to the workspace where it is one of its sources; else as the process names it. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	readonly created: number;
	readonly live: number;
	/** The finding that it confirms; null where the sources show none. */
	readonly rule: string | null;
	/** Whether there is a source to open. */
	readonly opens: boolean;
}

const LONGEST_PATH = 4_096;

export const isShownSites: Guard<readonly ShownSite[]> = isListOf(
	isShape<ShownSite>({
		file: isText(LONGEST_PATH),
		line: isInteger(1, Number.MAX_SAFE_INTEGER),
		created: isAmount,
		live: isAmount,
		rule: isNullOr(isString),
		opens: isBoolean,
	}),
	SITE_LIMIT,
);
