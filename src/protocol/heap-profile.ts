/** Which functions allocated what a process holds: V8's sampling heap profiler, on demand. */
import { SITE_FILE_LIMIT } from "./clients-sample.js";
import { type Guard, isAmount, isBoolean, isListOf, isLiteral, isNullOr, isOneOf, isShape, isText } from "./guard.js";
import { isMessage } from "./session-guard.js";

export interface HeapProfile {
	readonly pid: number;
	/** For how long allocations were sampled. */
	readonly seconds: number;
	/** What was allocated meanwhile and is still alive at the end: an estimate from samples. */
	readonly bytes: number;
	/** The functions that hold most of it, most first. */
	readonly sites: readonly HeapSite[];
}

export interface HeapSite {
	/** Where the function begins; null for what was allocated outside of scripts. */
	readonly place: HeapPlace | null;
	/** The function's name, where it has one. */
	readonly name: string | null;
	/** An estimate from samples. */
	readonly bytes: number;
	/** The package, or the module of Node, that allocated most of it on the function's behalf; null when that is the function itself. */
	readonly through: string | null;
}

export interface HeapPlace {
	/** The file, mapped through its source map; the path or URL that V8 knows where there is none. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** From 1. */
	readonly column: number;
	/** Whether the place was mapped through a source map. */
	readonly mapped: boolean;
}

/** Messages are for people. */
export type HeapProfileOutcome =
	| { readonly kind: "profile"; readonly profile: HeapProfile }
	| { readonly kind: "failed"; readonly message: string };

/** The shortest and the longest profile. */
export const HEAP_PROFILE_SECONDS = { min: 1, max: 300 } as const;
/** Sites listed one by one. */
export const HEAP_SITE_LIMIT = 20;
/** Longest name of a function or a package. */
export const HEAP_NAME_LIMIT = 200;

const isName = isNullOr(isText(HEAP_NAME_LIMIT));

const isHeapPlace: Guard<HeapPlace> = isShape<HeapPlace>({
	file: isText(SITE_FILE_LIMIT),
	line: isAmount,
	column: isAmount,
	mapped: isBoolean,
});

export const isHeapProfile: Guard<HeapProfile> = isShape<HeapProfile>({
	pid: isAmount,
	seconds: isAmount,
	bytes: isAmount,
	sites: isListOf(isShape<HeapSite>({ place: isNullOr(isHeapPlace), name: isName, bytes: isAmount, through: isName }), HEAP_SITE_LIMIT),
});

export const isHeapProfileOutcome: Guard<HeapProfileOutcome> = isOneOf(
	isShape<Extract<HeapProfileOutcome, { kind: "profile" }>>({ kind: isLiteral("profile"), profile: isHeapProfile }),
	isShape<Extract<HeapProfileOutcome, { kind: "failed" }>>({ kind: isLiteral("failed"), message: isMessage }),
);
