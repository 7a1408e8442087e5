import type { FileRole } from "../analysis/workspace/types.js";
import { PROFILES, type Profile } from "./profiles.js";
import type { RuleId } from "./rule-ids.js";
import { type Level, SETTINGS, type SingletonStyle } from "./schema.js";

/** The settings as the analysis uses them. */
export interface Settings {
	readonly profile: Profile;
	readonly singletonStyle: SingletonStyle;
	/** What the person wants of rules' findings in place of the rules' own severities. */
	readonly rules: Readonly<Partial<Record<RuleId, Level>>>;
	/** Patterns as in `.gitignore` (relative to the root) of files to leave out, beside those `.gitignore` names. */
	readonly exclude: readonly string[];
	/** Patterns of files whose role is given; of several that match the last one counts. */
	readonly roles: Readonly<Record<string, FileRole>>;
	/** Names of functions that keep what their callback returns. */
	readonly cachingHelpers: readonly string[];
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
	profile: PROFILES[SETTINGS.profile.fallback],
	singletonStyle: SETTINGS.singletonStyle.fallback,
	rules: SETTINGS.rules.fallback,
	exclude: SETTINGS.exclude.fallback,
	roles: SETTINGS.roles.fallback,
	cachingHelpers: SETTINGS.cachingHelpers.fallback,
	poolHints: SETTINGS.hintsEnabled.fallback,
	codeLens: SETTINGS.codeLensEnabled.fallback,
	database: { maxConnections: SETTINGS.maxConnections.fallback, replicas: SETTINGS.replicas.fallback },
};

/** Whether files have to be listed and read anew when the settings become `after`. */
export function listsOtherFiles(before: Settings, after: Settings): boolean {
	const listing = ({ exclude, roles }: Settings): string => JSON.stringify([exclude, Object.entries(roles)]);
	return listing(before) !== listing(after);
}
