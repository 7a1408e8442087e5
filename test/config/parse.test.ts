import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, PROFILES, parseSettings } from "../../src/config/index.js";
import { isRecord } from "../../src/protocol/index.js";

describe("parseSettings", () => {
	it("takes defaults for what is absent", () => {
		for (const section of [undefined, null, {}, { profile: null, hints: {} }, { monitor: { interval: 500 } }]) {
			expect(parseSettings(section)).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
		}
	});

	it("reads every setting", () => {
		const section = {
			profile: "development",
			hints: { enabled: false },
			codeLens: { enabled: false },
			exclude: ["legacy/**"],
			database: { maxConnections: 100, replicas: 4 },
		};
		expect(parseSettings(section)).toEqual({
			settings: {
				profile: PROFILES.development,
				poolHints: false,
				codeLens: false,
				exclude: ["legacy/**"],
				database: { maxConnections: 100, replicas: 4 },
			},
			problems: [],
		});
	});

	it("names each value it cannot use, and what it uses instead", () => {
		const { settings, problems } = parseSettings({ profile: "prod", hints: { enabled: "no" }, exclude: "legacy" });
		expect(settings).toEqual(DEFAULT_SETTINGS);
		expect(problems).toEqual([
			'prismaLeakLens.profile is "prod"; it can be "production" or "development". Meanwhile "production" is used.',
			'prismaLeakLens.exclude is "legacy"; it takes a list of globs, such as ["legacy/**"]. Meanwhile nothing is excluded.',
			'prismaLeakLens.hints.enabled is "no"; it can be true or false. Meanwhile true is used.',
		]);
	});

	it("keeps the globs of a list that holds other things too", () => {
		const { settings, problems } = parseSettings({ exclude: ["legacy/**", 3, ""] });
		expect(settings.exclude).toEqual(["legacy/**"]);
		expect(problems).toHaveLength(1);
	});

	it("takes whole numbers over 0 for the database's connections and the replicas", () => {
		const { settings, problems } = parseSettings({ database: { maxConnections: "100", replicas: 0 } });
		expect(settings.database).toEqual(DEFAULT_SETTINGS.database);
		expect(problems).toEqual([
			'prismaLeakLens.database.maxConnections is "100"; it takes a whole number over 0. Meanwhile no limit is assumed.',
			"prismaLeakLens.database.replicas is 0; it takes a whole number over 0. Meanwhile 1 is used.",
		]);
	});

	it("cuts what it shows of a long value", () => {
		const [problem] = parseSettings({ profile: "x".repeat(500) }).problems;
		expect(problem?.length).toBeLessThan(200);
	});
});

describe("the manifest's settings", () => {
	const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
	const contributes = isRecord(manifest) && isRecord(manifest.contributes) ? manifest.contributes : {};
	const groups: unknown[] = Array.isArray(contributes.configuration) ? contributes.configuration : [];
	const analysis = groups.find((group) => isRecord(group) && group.title === "Analysis");

	it("offer what the parser takes, with its defaults", () => {
		expect(analysis).toMatchObject({
			properties: {
				"prismaLeakLens.profile": { enum: Object.keys(PROFILES), default: DEFAULT_SETTINGS.profile.name },
				"prismaLeakLens.hints.enabled": { type: "boolean", default: DEFAULT_SETTINGS.poolHints },
				"prismaLeakLens.codeLens.enabled": { type: "boolean", default: DEFAULT_SETTINGS.codeLens },
				"prismaLeakLens.database.maxConnections": { type: ["integer", "null"], default: DEFAULT_SETTINGS.database.maxConnections },
				"prismaLeakLens.database.replicas": { type: "integer", default: DEFAULT_SETTINGS.database.replicas },
				"prismaLeakLens.exclude": { type: "array", default: DEFAULT_SETTINGS.exclude },
			},
		});
	});
});
