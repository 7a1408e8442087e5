/** The one schema of settings: what VS Code's settings and the command line's flags both fill. */

/** Recommended values of a profile; from the project's seed analysis (production: conservative, development: balanced). */
export interface Profile {
	readonly name: "production" | "development";
	/** Recommended connections per pool. */
	readonly poolMax: number;
	readonly transactionMaxWaitMs: number;
	readonly queryTimeoutMs: number;
}

export const PROFILES: Readonly<Record<Profile["name"], Profile>> = {
	production: { name: "production", poolMax: 3, transactionMaxWaitMs: 5_000, queryTimeoutMs: 15_000 },
	development: { name: "development", poolMax: 5, transactionMaxWaitMs: 10_000, queryTimeoutMs: 30_000 },
};

export interface Settings {
	readonly profile: Profile;
	/** Globs (relative to the root) of files to leave out, beside those `.gitignore` names. */
	readonly exclude: readonly string[];
	readonly poolHints: boolean;
}

export const DEFAULT_SETTINGS: Settings = { profile: PROFILES.production, exclude: [], poolHints: true };
