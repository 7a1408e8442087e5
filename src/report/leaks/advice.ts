/** What a profile recommends, what the monitor alerts over, and how to see it for oneself. */
import type { DatabaseSettings, PoolTimeoutKind, Profile } from "../../config/index.js";
import type { PrismaPackage, Thresholds } from "../../protocol/index.js";
import { CONNECTIONS } from "./measured.js";
import type { Advice, Threshold, Verification } from "./types.js";

const POOL_TIMEOUTS: Readonly<Record<PoolTimeoutKind, string>> = {
	acquire: "A query that waits longer for a free connection should fail and say so.",
	create: "A database that does not answer should not hold up the caller.",
	destroy: "A connection that does not close should not hold up the end.",
	idle: "A connection that nobody uses should go back to the database.",
	reap: "Idle connections are only closed when somebody looks for them.",
	lifetime: "A connection that is made anew keeps nothing of the old one.",
	query: "A query that runs longer keeps its connection from everybody else.",
};

export function adviceOf(profile: Profile, { maxConnections, replicas }: DatabaseSettings): readonly Advice[] {
	const timeouts = Object.entries(POOL_TIMEOUTS).flatMap(([kind, why]): Advice[] => {
		const value = Object.entries(profile.poolTimeoutsMs).find(([name]) => name === kind)?.[1];
		return value === undefined ? [] : [{ setting: `pool time-out: ${kind}`, value, unit: "milliseconds", why }];
	});
	return [
		{
			setting: "PrismaClients per process",
			value: 1,
			unit: "count",
			why: "Each further one has a pool and a copy of the schema of its own.",
		},
		{
			setting: "connections per pool",
			value: profile.poolMax,
			unit: "count",
			why: "Each costs memory here and a backend in the database.",
		},
		...(maxConnections === null
			? []
			: [
					{
						setting: "connections per process at most",
						value: Math.floor(maxConnections / replicas),
						unit: "count" as const,
						why: `The database takes ${maxConnections}, and ${replicas} processes share them.`,
					},
				]),
		{
			setting: "transaction maxWait",
			value: profile.transactionMaxWaitMs,
			unit: "milliseconds",
			why: "A transaction that cannot start should give up before its caller does.",
		},
		...timeouts,
	];
}

export function thresholdsIn({ limits, targets }: Thresholds): readonly Threshold[] {
	return [
		{ name: "external", unit: "bytes", target: targets.external, limit: limits.external },
		{ name: "growth outside the heap since warm-up", unit: "bytes", target: null, limit: limits.outsideHeapGrowth },
		{ name: CONNECTIONS, unit: "count", target: targets.connections, limit: limits.connections },
		{ name: "query, average", unit: "milliseconds", target: targets.query, limit: limits.query },
		{ name: "transaction, average", unit: "milliseconds", target: targets.transaction, limit: limits.transaction },
		{ name: "one query", unit: "milliseconds", target: null, limit: limits.slowQuery },
	];
}

/** Commands to run in the folder that the report is of. */
export function verificationOf(prisma: readonly PrismaPackage[]): readonly Verification[] {
	const adapters = new Set(prisma.flatMap((pkg) => pkg.adapters));
	return [
		{ what: "No leak is left in the sources, or it says which:", command: "prisma-leak-lens check ." },
		{
			what: "Measure the process for five minutes, with its clients and pools (it stops for a moment at the start):",
			command: "prisma-leak-lens monitor --pid PID --level inventory --duration 300 --format ndjson > after.ndjson",
		},
		{
			what: "Compare with what was measured before:",
			command: "prisma-leak-lens report . --baseline before.ndjson --recording after.ndjson --format html --output leaks.html",
		},
		...(adapters.has("@prisma/adapter-mariadb")
			? [{ what: "The connections as MySQL or MariaDB counts them:", command: "mysql -e 'show processlist'" }]
			: []),
		...(adapters.has("@prisma/adapter-pg") || adapters.size === 0
			? [
					{
						what: "The connections as PostgreSQL counts them:",
						command:
							'psql "$DATABASE_URL" -c "select state, count(*) from pg_stat_activity where datname = current_database() group by state"',
					},
				]
			: []),
	];
}
