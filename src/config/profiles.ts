/** What a pool may wait for, in the order of a connection's life. `acquire` is a query's wait for a free connection. */
export type PoolTimeoutKind = "acquire" | "create" | "destroy" | "idle" | "reap" | "lifetime" | "query";

export const PROFILE_NAMES = ["production", "development"] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** Recommended values; every one of them can be set otherwise. */
export interface ProfileFigures {
	/** Recommended connections per pool. */
	readonly poolMax: number;
	readonly transactionMaxWaitMs: number;
	/** Recommended time-outs of a pool, in milliseconds. */
	readonly poolTimeoutsMs: Readonly<Record<PoolTimeoutKind, number>>;
	/** What the monitor raises an alert over. */
	readonly alerts: AlertFigures;
	/** Where a healthy process stays. */
	readonly targets: TargetFigures;
}

export interface AlertFigures extends TargetFigures {
	/** Growth of rss − heapTotal over its level after warm-up; a first client alone takes 75 to 112 MB of it. */
	readonly outsideHeapGrowthMb: number;
	readonly slowQueryMs: number;
}

/** MB are 10^6 bytes; durations are averages. */
export interface TargetFigures {
	readonly externalMb: number;
	readonly connections: number;
	readonly queryMs: number;
	readonly transactionMs: number;
}

export interface Profile extends ProfileFigures {
	readonly name: ProfileName;
}

/** From the project's seed analysis, as `PROFILES` are. */
const ALERTS: AlertFigures = {
	externalMb: 50,
	outsideHeapGrowthMb: 50,
	connections: 5,
	queryMs: 1_000,
	transactionMs: 5_000,
	slowQueryMs: 5_000,
};
const TARGETS: TargetFigures = { externalMb: 40, connections: 3, queryMs: 100, transactionMs: 1_000 };

/** From the project's seed analysis (production: conservative, development: balanced). */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
	production: {
		name: "production",
		poolMax: 3,
		transactionMaxWaitMs: 5_000,
		poolTimeoutsMs: {
			acquire: 8_000,
			create: 8_000,
			destroy: 2_000,
			idle: 30_000,
			reap: 5_000,
			lifetime: 1_800_000,
			query: 15_000,
		},
		alerts: ALERTS,
		targets: TARGETS,
	},
	development: {
		name: "development",
		poolMax: 5,
		transactionMaxWaitMs: 10_000,
		poolTimeoutsMs: {
			acquire: 10_000,
			create: 10_000,
			destroy: 3_000,
			idle: 60_000,
			reap: 10_000,
			lifetime: 1_800_000,
			query: 30_000,
		},
		alerts: ALERTS,
		targets: TARGETS,
	},
};
