import type { PoolTimeoutKind } from "../../config/index.js";
import type { PoolDriver } from "../cost/index.js";

/** A time-out that a driver reads from its options. */
export interface DriverTimeout {
	/** Path into the options: `pool.idleTimeoutMillis`. */
	readonly option: string;
	readonly kind: PoolTimeoutKind;
	/** Milliseconds of the option's unit. */
	readonly unit: 1 | 1000;
	/** Milliseconds when nothing is said; Infinity when it then waits for ever. */
	readonly fallback: number;
	/** What 0 stands for: waiting for ever, or what the driver does when nothing is said. */
	readonly zero: "for ever" | "fallback";
}

/** From node-postgres's pool and client, which Neon's driver follows. */
const PG: readonly DriverTimeout[] = [
	{ option: "connectionTimeoutMillis", kind: "acquire", unit: 1, fallback: Number.POSITIVE_INFINITY, zero: "for ever" },
	{ option: "idleTimeoutMillis", kind: "idle", unit: 1, fallback: 10_000, zero: "for ever" },
	{ option: "maxLifetimeSeconds", kind: "lifetime", unit: 1000, fallback: Number.POSITIVE_INFINITY, zero: "fallback" },
	{ option: "statement_timeout", kind: "query", unit: 1, fallback: Number.POSITIVE_INFINITY, zero: "fallback" },
	{ option: "query_timeout", kind: "query", unit: 1, fallback: Number.POSITIVE_INFINITY, zero: "fallback" },
];

const OPTIONS: Readonly<Record<PoolDriver["kind"], readonly DriverTimeout[]>> = {
	rust: [],
	pg: PG,
	neon: PG,
	mariadb: [
		{ option: "acquireTimeout", kind: "acquire", unit: 1, fallback: 10_000, zero: "for ever" },
		{ option: "connectTimeout", kind: "create", unit: 1, fallback: 1_000, zero: "fallback" },
		{ option: "idleTimeout", kind: "idle", unit: 1000, fallback: 1_800_000, zero: "for ever" },
		{ option: "queryTimeout", kind: "query", unit: 1, fallback: Number.POSITIVE_INFINITY, zero: "fallback" },
	],
	mssql: [
		{ option: "pool.acquireTimeoutMillis", kind: "acquire", unit: 1, fallback: 30_000, zero: "fallback" },
		{ option: "pool.createTimeoutMillis", kind: "create", unit: 1, fallback: 30_000, zero: "fallback" },
		{ option: "pool.destroyTimeoutMillis", kind: "destroy", unit: 1, fallback: 5_000, zero: "fallback" },
		{ option: "pool.idleTimeoutMillis", kind: "idle", unit: 1, fallback: 30_000, zero: "fallback" },
		{ option: "pool.reapIntervalMillis", kind: "reap", unit: 1, fallback: 1_000, zero: "fallback" },
		{ option: "connectionTimeout", kind: "create", unit: 1, fallback: 15_000, zero: "fallback" },
		{ option: "requestTimeout", kind: "query", unit: 1, fallback: 15_000, zero: "fallback" },
	],
	"orm-postgres": [
		{ option: "connectionTimeoutMillis", kind: "acquire", unit: 1, fallback: 20_000, zero: "for ever" },
		{ option: "idleTimeoutMillis", kind: "idle", unit: 1, fallback: 30_000, zero: "for ever" },
	],
};

/** Prisma's own URL parameters, in seconds; its documentation of the connection pool up to version 6. */
const RUST_URL: readonly DriverTimeout[] = [
	{ option: "pool_timeout", kind: "acquire", unit: 1000, fallback: 10_000, zero: "for ever" },
	{ option: "connect_timeout", kind: "create", unit: 1000, fallback: 5_000, zero: "for ever" },
	{ option: "socket_timeout", kind: "query", unit: 1000, fallback: Number.POSITIVE_INFINITY, zero: "fallback" },
	{ option: "max_idle_connection_lifetime", kind: "idle", unit: 1000, fallback: 300_000, zero: "for ever" },
	{ option: "max_connection_lifetime", kind: "lifetime", unit: 1000, fallback: Number.POSITIVE_INFINITY, zero: "fallback" },
];

const URL_PARAMETERS: Readonly<Record<PoolDriver["kind"], readonly DriverTimeout[]>> = {
	rust: RUST_URL,
	pg: PG.filter(({ kind }) => kind === "query"),
	neon: PG.filter(({ kind }) => kind === "query"),
	mariadb: OPTIONS.mariadb,
	mssql: [],
	"orm-postgres": PG.filter(({ kind }) => kind === "query"),
};

export function timeoutOptions(driver: PoolDriver): readonly DriverTimeout[] {
	return OPTIONS[driver.kind];
}

/** The time-outs that a driver reads from a database URL's parameters. */
export function urlTimeouts(driver: PoolDriver): readonly DriverTimeout[] {
	return URL_PARAMETERS[driver.kind];
}

/** The time-out that a driver reads from a database URL's parameter of that name; undefined when it reads none. */
export function urlTimeout(driver: PoolDriver, parameter: string): DriverTimeout | undefined {
	return URL_PARAMETERS[driver.kind].find(({ option }) => option === parameter);
}
