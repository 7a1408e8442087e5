import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, editorSource, PROFILES, parseConfigFile, type Settled, settle } from "../../src/config/index.js";

/** What an editor's section alone comes to. */
const editor = (section: unknown): Settled => settle([editorSource(section)]);

/** What a config file comes to, with the editor's section over it. */
function file(text: string, section?: unknown): Settled {
	const read = parseConfigFile("prisma-leak-lens.json", text);
	return read.kind === "broken" ? { settings: DEFAULT_SETTINGS, problems: [read.problem] } : settle([read.source, editorSource(section)]);
}

describe("settings", () => {
	it("take defaults for what is absent", () => {
		for (const section of [undefined, null, {}, { profile: null, hints: {} }, { monitor: { interval: 500 } }]) {
			expect(editor(section)).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
		}
	});

	it("are all read", () => {
		const section = {
			profile: "development",
			profiles: { development: { poolMax: 8, poolTimeoutsMs: { idle: 1 } } },
			rules: { "pool-size": "error", "hot-reload-client": "off" },
			exclude: ["legacy/**"],
			roles: { "tools/**": "script" },
			singleton: { style: "manager" },
			cachingHelpers: ["perTenant"],
			hints: { enabled: false },
			codeLens: { enabled: false },
			database: { maxConnections: 100, replicas: 4 },
		};
		const { development } = PROFILES;
		expect(editor(section)).toEqual({
			settings: {
				profile: { ...development, poolMax: 8, poolTimeoutsMs: { ...development.poolTimeoutsMs, idle: 1 } },
				rules: { "pool-size": "error", "hot-reload-client": "off" },
				exclude: ["legacy/**"],
				roles: { "tools/**": "script" },
				singletonStyle: "manager",
				cachingHelpers: ["perTenant"],
				poolHints: false,
				codeLens: false,
				database: { maxConnections: 100, replicas: 4 },
			},
			problems: [],
		});
	});

	it("come from the editor first, then from the config file, then from the defaults; tables entry by entry", () => {
		const text = `{
			"profile": "development",
			"rules": { "pool-size": "error", "metrics-preview": "off" },
			"roles": { "tools/**": "script", "jobs/**": "app" },
			"exclude": ["legacy/**"],
			"database": { "maxConnections": 100 },
		}`;
		const { settings, problems } = file(text, {
			rules: { "pool-size": "hint" },
			roles: { "tools/**": "app" },
			exclude: ["old/**"],
			database: { maxConnections: null, replicas: 2 },
		});
		expect(problems).toEqual([]);
		expect(settings.profile.name).toBe("development");
		expect(settings.rules).toEqual({ "pool-size": "hint", "metrics-preview": "off" });
		expect(Object.entries(settings.roles)).toEqual([
			["jobs/**", "app"],
			["tools/**", "app"],
		]);
		expect(settings.exclude).toEqual(["old/**"]);
		expect(settings.database).toEqual({ maxConnections: null, replicas: 2 });
	});
});

describe("a value that cannot be used", () => {
	it.each([
		[
			{ profile: "prod" },
			'prismaLeakLens.profile is "prod"; it can be "production" or "development". Until then it counts as "production".',
		],
		[{ hints: { enabled: "no" } }, 'prismaLeakLens.hints.enabled is "no"; it can be true or false. Until then it counts as true.'],
		[
			{ exclude: "legacy" },
			'prismaLeakLens.exclude is "legacy"; it takes a list of globs, such as ["legacy/**"]. Until then it counts as [].',
		],
		[
			{ exclude: ["legacy/**", 3, ""] },
			'prismaLeakLens.exclude holds entries that are no globs; they are passed over. It takes a list such as ["legacy/**"].',
		],
		[
			{ database: { maxConnections: "100" } },
			'prismaLeakLens.database.maxConnections is "100"; it takes a whole number from 1 up, or null when it is not known. Until then it counts as null.',
		],
		[{ database: { replicas: 0 } }, "prismaLeakLens.database.replicas is 0; it takes a whole number from 1 up. Until then it counts as 1."],
		[{ database: 3 }, "prismaLeakLens.database is 3; it takes a table in braces. Until then it is passed over."],
		[
			{ profiles: { production: { poolTimeoutsMs: { idle: 1.5 } } } },
			"prismaLeakLens.profiles.production.poolTimeoutsMs.idle is 1.5; it takes a whole number from 0 up. Until then it counts as 30000.",
		],
		[
			{ rules: { "pool-size": "fatal" } },
			'prismaLeakLens.rules.pool-size is "fatal"; it can be "off", "hint", "info", "warning" or "error". Until then the rule keeps its own severity.',
		],
		[
			{ roles: { "tools/**": "tool" } },
			'prismaLeakLens.roles.tools/** is "tool"; it can be "app", "script", "seed", "test", "generated", "build" or "archive". Until then the role is read off the path.',
		],
		[
			{ monitor: { interval: 5 } },
			"prismaLeakLens.monitor.interval is 5; it takes a whole number from 250 to 60000. Until then it counts as 1000.",
		],
	])("is named, with what it can be and what counts meanwhile: %j", (section, problem) => {
		expect(editor(section)).toMatchObject({ problems: [problem] });
	});

	it("counts as what lies under it, and leaves its neighbours alone", () => {
		const { settings, problems } = file('{"profile": "development", "database": {"replicas": 3}}', {
			profile: "dev",
			database: { replicas: -1, maxConnections: 50 },
		});
		expect(settings).toMatchObject({ profile: { name: "development" }, database: { replicas: 3, maxConnections: 50 } });
		expect(problems[0]).toMatch(/Until then it counts as "development"\.$/);
	});

	it("is cut where it is long", () => {
		expect(editor({ profile: "x".repeat(500) }).problems[0]?.length).toBeLessThan(200);
	});
});

describe("an unknown key", () => {
	it.each([
		[{ profil: "production" }, 'prismaLeakLens.profil is no setting; did you mean "profile"?'],
		[{ rules: { "pool-sise": "off" } }, 'prismaLeakLens.rules.pool-sise names no rule; did you mean "pool-size"?'],
		[{ database: { replica: 2 } }, 'prismaLeakLens.database.replica is no setting; did you mean "replicas"?'],
		[{ profiles: { prod: {} } }, 'prismaLeakLens.profiles.prod is unknown; did you mean "production"?'],
		[
			{ profiles: { production: { poolMaximum: 1 } } },
			'prismaLeakLens.profiles.production.poolMaximum is unknown; did you mean "poolMax"?',
		],
		[{ quux: 1 }, "prismaLeakLens.quux is no setting."],
	])("is named, with the one that may be meant: %j", (section, problem) => {
		expect(editor(section)).toEqual({ settings: DEFAULT_SETTINGS, problems: [problem] });
	});

	it("does not reach into objects' own machinery", () => {
		expect(file('{"__proto__": {"profile": "development"}, "constructor": 1}').settings).toEqual(DEFAULT_SETTINGS);
	});
});

describe("a config file", () => {
	it("may hold comments, trailing commas, a BOM and its schema's address, and may be empty", () => {
		const text = '\uFEFF// ours\n{\n\t"$schema": "https://example.org/a.json", /* "profile": 1 */\n\t"profile": "development",\n}\n';
		expect(file(text)).toMatchObject({ settings: { profile: { name: "development" } }, problems: [] });
		expect(file(" \n")).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
	});

	it("names the line of what is wrong", () => {
		const text =
			'{\n\t// "profile": "prod",\n\t"database": {\n\t\t"replicas": 0\n\t},\n\t"rules": {"pool-size": "error", "pool-time": "off"},\n\t"monitor": {}\n}';
		expect(file(text).problems).toEqual([
			"prisma-leak-lens.json:7: monitor is no setting.",
			'prisma-leak-lens.json:6: rules.pool-time names no rule; did you mean "pool-timeouts"?',
			"prisma-leak-lens.json:4: database.replicas is 0; it takes a whole number from 1 up. Until then it counts as 1.",
		]);
	});

	it("that is no JSON, or no table, is passed over as a whole", () => {
		expect(file('{\n\t"profile": "development"\n\t"rules": {}\n}').problems).toEqual([
			"prisma-leak-lens.json:3 is not valid JSON. Until it is, the whole file is passed over.",
		]);
		expect(file("{").problems[0]).toMatch(/^prisma-leak-lens\.json(:\d+)? is not valid JSON\./);
		expect(file("[]")).toEqual({
			settings: DEFAULT_SETTINGS,
			problems: ["prisma-leak-lens.json is []; it takes a table in braces. Until then it is passed over."],
		});
	});
});
