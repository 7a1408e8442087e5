/** Findings with their fixes for whoever asks for a few of them in words: a language model's tool. */
import { isSeverity, type Severity } from "./finding.js";
import { isAmount, isInteger, isListOf, isOptional, isShape, isString } from "./guard.js";

/** More findings than this are counted, and a narrower question leads to them. */
export const LEAK_LIST_LIMIT = 40;

export interface LeakQuery {
	/** Only findings of this rule, such as `multiple-clients`. */
	readonly rule?: string | undefined;
	/** Only findings in files whose path ends so. */
	readonly file?: string | undefined;
}

export interface ListedLeak {
	/** Relative to the workspace folder, with `/`. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	readonly rule: string;
	readonly severity: Severity;
	readonly message: string;
	/** Titles of the quick-fixes that can be made, the preferred one first. */
	readonly fixes: readonly string[];
}

export interface LeakList {
	readonly findings: readonly ListedLeak[];
	/** Findings that were asked for and are left out for length. */
	readonly notListed: number;
}

export const isLeakQuery = isShape<LeakQuery>({ rule: isOptional(isString), file: isOptional(isString) });

export const isLeakList = isShape<LeakList>({
	findings: isListOf(
		isShape<ListedLeak>({
			file: isString,
			line: isInteger(1, Number.MAX_SAFE_INTEGER),
			rule: isString,
			severity: isSeverity,
			message: isString,
			fixes: isListOf(isString, 100),
		}),
		LEAK_LIST_LIMIT,
	),
	notListed: isAmount,
});
