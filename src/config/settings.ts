/** The one schema of settings: what VS Code's settings and the command line's flags both fill. */

/** What a pool may wait for, in the order of a connection's life. `acquire` is a query's wait for a free connection. */
export type PoolTimeoutKind = "acquire" | "create" | "destroy" | "idle" | "reap" | "lifetime" | "query";

/** Recommended values of a profile; from the project's seed analysis (production: conservative, development: balanced). */
export interface Profile {
	readonly name: "production" | "development";
	/** Recommended connections per pool. */
	readonly poolMax: number;
	readonly transactionMaxWaitMs: number;
	/** Recommended time-outs of a pool, in milliseconds. */
	readonly poolTimeoutsMs: Readonly<Record<PoolTimeoutKind, number>>;
}

export const PROFILES: Readonly<Record<Profile["name"], Profile>> = {
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

export interface Settings {
	readonly profile: Profile;
	/** Globs (relative to the root) of files to leave out, beside those `.gitignore` names. */
	readonly exclude: readonly string[];
	readonly poolHints: boolean;
	readonly codeLens: boolean;
	readonly database: DatabaseSettings;
}

/** What the sources cannot say of the database that a deployment shares. */
export interface DatabaseSettings {
	/** Connections it takes, PostgreSQL's `max_connections`; null when it is not known. */
	readonly maxConnections: number | null;
	/** How many processes of the application run beside each other. */
	readonly replicas: number;
}

export const DEFAULT_SETTINGS: Settings = {
	profile: PROFILES.production,
	exclude: [],
	poolHints: true,
	codeLens: true,
	database: { maxConnections: null, replicas: 1 },
};
