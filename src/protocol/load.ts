/** A bounded load test: what is asked of the load process, and what it measured. */
import { type Guard, isAmount, isInteger, isLiteral, isNullOr, isOneOf, isShape, isText } from "./guard.js";

export interface LoadPlan {
	/** Of this machine; each request is a GET of it. */
	readonly url: string;
	readonly seconds: number;
	/** Requests under way at one time. */
	readonly connections: number;
	readonly requestsPerSecond: number;
}

/** So much is light for any server, and long enough for a process to settle. */
export const LIGHT_LOAD: Omit<LoadPlan, "url"> = { seconds: 60, connections: 10, requestsPerSecond: 100 };

/** Durations in milliseconds. */
export interface LoadResult {
	readonly seconds: number;
	readonly answered: number;
	/** Of these, answers with a status other than 2xx. */
	readonly refused: number;
	/** Requests without an answer, those that timed out among them. */
	readonly failed: number;
	/** Null when nothing was answered. */
	readonly latency: { readonly p50: number; readonly p99: number; readonly max: number } | null;
}

export type LoadAnswer =
	| { readonly type: "result"; readonly result: LoadResult }
	/** `message` is for people. */
	| { readonly type: "failed"; readonly message: string };

export const isLoadPlan: Guard<LoadPlan> = isShape<LoadPlan>({
	url: isText(2_000),
	seconds: isInteger(1, 600),
	connections: isInteger(1, 100),
	requestsPerSecond: isInteger(1, 1_000),
});

export const isLoadResult: Guard<LoadResult> = isShape<LoadResult>({
	seconds: isAmount,
	answered: isAmount,
	refused: isAmount,
	failed: isAmount,
	latency: isNullOr(isShape<NonNullable<LoadResult["latency"]>>({ p50: isAmount, p99: isAmount, max: isAmount })),
});

export const isLoadAnswer: Guard<LoadAnswer> = isOneOf(
	isShape<Extract<LoadAnswer, { type: "result" }>>({ type: isLiteral("result"), result: isLoadResult }),
	isShape<Extract<LoadAnswer, { type: "failed" }>>({ type: isLiteral("failed"), message: isText(2_000) }),
);
