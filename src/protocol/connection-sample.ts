/** Open connections to one remote endpoint, as the process, the kernel, the pools and the database each count them. */
import { type Guard, isAmount, isListOf, isLiteral, isNullOr, isOneOf, isOptional, isShape, isText } from "./guard.js";

export interface ConnectionSample {
	/** `host:port` */
	readonly endpoint: string;
	readonly kind: "database" | "other";
	/** Sockets that Node's own handles show; null where they cannot be had. */
	readonly process: number | null;
	/** Sockets in the kernel's table (Linux), which sees the Rust engine too; null where it cannot be had. */
	readonly kernel: number | null;
	/** Milliseconds since each open socket was first seen, oldest first, at most `AGE_LIMIT` of them. */
	readonly ages?: readonly number[];
	/** Level inventory: the sum over the pools that connect there. */
	readonly pool?: PoolGauges;
	/** The database's own view, for endpoints that the user gave a URL of. */
	readonly database?: DatabaseView;
}

/** What pools say of themselves, in connections; `waiting` counts requests that wait for one. */
export interface PoolGauges {
	readonly total: number;
	readonly idle: number;
	readonly waiting: number;
	readonly max: number;
}

/** The process's backends by state, as in `pg_stat_activity` or MySQL's processlist; together they are its connections. */
export interface DatabaseView {
	readonly active: number;
	readonly idle: number;
	readonly idleInTransaction: number;
	/** Every other state, such as starting or aborted. */
	readonly other: number;
	/** Milliseconds since the oldest open transaction began; null when none is open. */
	readonly oldestTransaction: number | null;
}

/** Ages listed per endpoint. */
export const AGE_LIMIT = 100;

export const isPoolGauges: Guard<PoolGauges> = isShape<PoolGauges>({ total: isAmount, idle: isAmount, waiting: isAmount, max: isAmount });

const isDatabaseView: Guard<DatabaseView> = isShape<DatabaseView>({
	active: isAmount,
	idle: isAmount,
	idleInTransaction: isAmount,
	other: isAmount,
	oldestTransaction: isNullOr(isAmount),
});

export const isConnectionSample: Guard<ConnectionSample> = isShape<ConnectionSample>({
	endpoint: isText(300),
	kind: isOneOf(isLiteral("database"), isLiteral("other")),
	process: isNullOr(isAmount),
	kernel: isNullOr(isAmount),
	ages: isOptional(isListOf(isAmount, AGE_LIMIT)),
	pool: isOptional(isPoolGauges),
	database: isOptional(isDatabaseView),
});
