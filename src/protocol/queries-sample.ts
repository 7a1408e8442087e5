/** What Prisma's own tracing says: level trace. All counts are since the sample before, all durations in milliseconds. */
import { type Guard, isAmount, isListOf, isNullOr, isShape, isText } from "./guard.js";

export interface QueriesSample {
	/** Operations that ended, such as `findMany` or a raw query, whether they succeeded or not. */
	readonly count: number;
	readonly perSecond: number;
	/** From the call to its result, so with the wait for a connection; null when none ended. */
	readonly duration: DurationsSample | null;
	/** Statements sent to the database, of which one operation may need several, BEGIN and COMMIT included. */
	readonly statements: number;
	/** Of the statements alone. */
	readonly statementDuration: DurationsSample | null;
	/** Operations that took longer than the limit for slow ones. */
	readonly slowCount: number;
	/** The slowest of them. */
	readonly slow: readonly SlowQuery[];
	readonly errors: readonly ErrorCount[];
}

export interface DurationsSample {
	readonly avg: number;
	/** Percentiles come from a histogram: at most 5 % above the true value. */
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
	readonly max: number;
}

/** Never with query text or arguments, which may hold secrets. */
export interface SlowQuery {
	/** Null for raw queries. */
	readonly model: string | null;
	/** Such as `findMany`. */
	readonly method: string;
	readonly duration: number;
	/** When it ended, in milliseconds since the epoch by the target's clock. */
	readonly endedAt: number;
}

export interface ErrorCount {
	/** Prisma's code, such as `P2028`; else the error's name. */
	readonly code: string;
	readonly count: number;
}

export interface TransactionsSample {
	/** Interactive transactions that are open now. */
	readonly open: number;
	/** Milliseconds since each of these began, oldest first, at most `OPEN_LIMIT` of them. */
	readonly ages: readonly number[];
	/** Those that ended since the sample before, committed or not. */
	readonly ended: number;
	readonly duration: DurationsSample | null;
}

/** Slow queries listed per sample. */
export const SLOW_LIMIT = 20;
/** Error codes told apart per sample. */
export const ERROR_LIMIT = 30;
/** Open transactions listed one by one. */
export const OPEN_LIMIT = 100;

export const isDurations: Guard<DurationsSample> = isShape<DurationsSample>({
	avg: isAmount,
	p50: isAmount,
	p95: isAmount,
	p99: isAmount,
	max: isAmount,
});

const isSlowQuery: Guard<SlowQuery> = isShape<SlowQuery>({
	model: isNullOr(isText(200)),
	method: isText(100),
	duration: isAmount,
	endedAt: isAmount,
});

const isErrorCount: Guard<ErrorCount> = isShape<ErrorCount>({ code: isText(100), count: isAmount });

export const isQueriesSample: Guard<QueriesSample> = isShape<QueriesSample>({
	count: isAmount,
	perSecond: isAmount,
	duration: isNullOr(isDurations),
	statements: isAmount,
	statementDuration: isNullOr(isDurations),
	slowCount: isAmount,
	slow: isListOf(isSlowQuery, SLOW_LIMIT),
	errors: isListOf(isErrorCount, ERROR_LIMIT),
});

export const isTransactionsSample: Guard<TransactionsSample> = isShape<TransactionsSample>({
	open: isAmount,
	ages: isListOf(isAmount, OPEN_LIMIT),
	ended: isAmount,
	duration: isNullOr(isDurations),
});
