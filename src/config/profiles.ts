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
}

export interface Profile extends ProfileFigures {
	readonly name: ProfileName;
}

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
	},
};
