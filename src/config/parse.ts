import { isRecord } from "../protocol/index.js";
import { DEFAULT_SETTINGS, PROFILES, type Profile, type Settings } from "./settings.js";

export interface ParsedSettings {
	readonly settings: Settings;
	/** One sentence or two for each value that could not be used: which, why, and what is used instead. */
	readonly problems: readonly string[];
}

/**
 * Reads the `prismaLeakLens` section of an editor's settings: `{profile, hints: {enabled}, codeLens: {enabled}, exclude, database: {maxConnections, replicas}}`. Whatever is absent takes its
 * default; whatever is wrong takes it too, and is named among the problems.
 */
export function parseSettings(section: unknown): ParsedSettings {
	const problems: string[] = [];
	const values = isRecord(section) ? section : {};
	const hints = isRecord(values.hints) ? values.hints : {};
	const codeLens = isRecord(values.codeLens) ? values.codeLens : {};
	const database = isRecord(values.database) ? values.database : {};
	return {
		settings: {
			profile: parseProfile(values.profile, problems),
			exclude: parseExclude(values.exclude, problems),
			poolHints: parseFlag("prismaLeakLens.hints.enabled", hints.enabled, DEFAULT_SETTINGS.poolHints, problems),
			codeLens: parseFlag("prismaLeakLens.codeLens.enabled", codeLens.enabled, DEFAULT_SETTINGS.codeLens, problems),
			database: {
				maxConnections: parseCount(
					"prismaLeakLens.database.maxConnections",
					database.maxConnections,
					DEFAULT_SETTINGS.database.maxConnections,
					problems,
				),
				replicas: parseCount("prismaLeakLens.database.replicas", database.replicas, DEFAULT_SETTINGS.database.replicas, problems),
			},
		},
		problems,
	};
}

/** The profile of that name, or null when there is none. */
export function profileNamed(name: unknown): Profile | null {
	return Object.values(PROFILES).find((profile) => profile.name === name) ?? null;
}

function parseProfile(value: unknown, problems: string[]): Profile {
	if (isAbsent(value)) return DEFAULT_SETTINGS.profile;
	const profile = profileNamed(value);
	if (profile !== null) return profile;
	const names = Object.keys(PROFILES).map((name) => `"${name}"`);
	problems.push(
		`prismaLeakLens.profile is ${show(value)}; it can be ${names.join(" or ")}. Meanwhile "${DEFAULT_SETTINGS.profile.name}" is used.`,
	);
	return DEFAULT_SETTINGS.profile;
}

function parseExclude(value: unknown, problems: string[]): readonly string[] {
	if (isAbsent(value)) return DEFAULT_SETTINGS.exclude;
	if (Array.isArray(value)) {
		const globs = value.filter((glob) => typeof glob === "string" && glob.trim() !== "");
		if (globs.length < value.length) {
			problems.push('prismaLeakLens.exclude holds entries that are no globs; they are passed over. Use strings such as "legacy/**".');
		}
		return globs;
	}
	problems.push(
		`prismaLeakLens.exclude is ${show(value)}; it takes a list of globs, such as ["legacy/**"]. Meanwhile nothing is excluded.`,
	);
	return DEFAULT_SETTINGS.exclude;
}

function parseFlag(name: string, value: unknown, fallback: boolean, problems: string[]): boolean {
	if (isAbsent(value)) return fallback;
	if (typeof value === "boolean") return value;
	problems.push(`${name} is ${show(value)}; it can be true or false. Meanwhile ${fallback} is used.`);
	return fallback;
}

function parseCount<T extends number | null>(name: string, value: unknown, fallback: T, problems: string[]): number | T {
	if (isAbsent(value)) return fallback;
	if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
	const instead = fallback === null ? "no limit is assumed" : `${fallback} is used`;
	problems.push(`${name} is ${show(value)}; it takes a whole number over 0. Meanwhile ${instead}.`);
	return fallback;
}

function isAbsent(value: unknown): value is null | undefined {
	return value === undefined || value === null;
}

function show(value: unknown): string {
	const text = JSON.stringify(value) ?? String(value);
	return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
