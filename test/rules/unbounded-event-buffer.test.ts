import { describe, expect, it } from "vitest";
import { check, type Files, places } from "./support.js";

const RULE = "unbounded-event-buffer";
const IMPORT = `import { PrismaClient } from "@prisma/client";\n`;
const DB = `${IMPORT}export const prisma = new PrismaClient({ log: [{ emit: "event", level: "query" }] });\n`;

const found = async (files: Files): Promise<readonly string[]> => places(await check(files), RULE);
const inModule = (body: string): Promise<readonly string[]> => found({ "src/db.ts": `${DB}${body}` });

describe(`${RULE} finds`, () => {
	it("a field that a listener pushes to, and says so", async () => {
		const [finding, ...rest] = await check({
			"src/db.ts": DB,
			"src/history.ts": `import { prisma } from "./db.js";\nclass History {\n  private readonly queries: object[] = [];\n  constructor() {\n    prisma.$on("query", (event) => {\n      this.queries.push(event);\n    });\n  }\n  get total() { return this.queries.length; }\n}\nexport const history = new History();\n`,
		});
		expect(rest).toEqual([]);
		expect(finding).toMatchObject({ rule: RULE, severity: "warning", file: "src/history.ts", line: 6, column: 7, fixes: ["bound-buffer"] });
		expect(finding?.message).toBe(
			"The array queries grows with each event and nothing trims it, so the heap grows for as long as the process lives. Keep only the latest entries, or a sum of them.",
		);
		expect(finding?.related).toMatchObject([{ file: "src/history.ts", line: 5 }]);
	});

	it("what a listener's helper grows in another file", async () => {
		expect(
			await found({
				"src/history.ts": `const queries: object[] = [];\nexport function record(event: object) {\n  queries.push(event);\n}\n`,
				"src/db.ts": DB,
				"src/hooks.ts": `import { prisma } from "./db.js";\nimport { record } from "./history.js";\nprisma.$on("query", (event) => record(event));\n`,
			}),
		).toEqual(["src/history.ts:3"]);
	});

	const FORMS: Readonly<Record<string, string>> = {
		"an array": `const all = [];\nprisma.$on("query", (e) => all.push(e));\n`,
		"an array that starts at its end": `const all = [];\nprisma.$on("query", (e) => { all.unshift(e); });\n`,
		"an array in an object": `const state = { queries: [] as object[] };\nprisma.$on("query", (e) => state.queries.push(e));\n`,
		"a Map keyed by query text": `const seen = new Map<string, number>();\nprisma.$on("query", (e) => { seen.set(e.query, (seen.get(e.query) ?? 0) + 1); });\n`,
		"a Set of query texts": `const seen = new Set<string>();\nprisma.$on("query", ({ query }) => { seen.add(query); });\n`,
		"an object keyed by query text": `const counts: Record<string, number> = {};\nprisma.$on("query", (e) => { counts[e.query] = (counts[e.query] ?? 0) + 1; });\n`,
		"a middleware": `const calls = [];\nprisma.$use(async (params, next) => { calls.push(params); return next(params); });\n`,
		"an extension's query handler": `const calls = [];\nexport const db = prisma.$extends({ query: { $allModels: { async $allOperations({ args, query }) { calls.push(args); return query(args); } } } });\n`,
		"a named listener": `const all = [];\nfunction record(e) { all.push(e); }\nprisma.$on("query", record);\n`,
		"a bound method": `class Log { static all = []; static record(e) { Log.all.push(e); } }\nprisma.$on("query", Log.record.bind(Log));\n`,
		"lists in an object": `const times = {};\nprisma.$use(async (params, next) => { (times[params.model] ??= []).push(Date.now()); return next(params); });\n`,
		"lists in an object, made first": `const times = {};\nprisma.$use(async (params, next) => { if (!times[params.model]) times[params.model] = []; times[params.model].push(Date.now()); return next(params); });\n`,
		"lists in a Map": `const times = new Map();\nprisma.$on("query", (e) => { const list = times.get(e.target) ?? []; list.push(e.duration); times.set(e.target, list); });\n`,
		concat: `let all = [];\nprisma.$on("query", (e) => { all = all.concat(e); });\n`,
	};
	it.each(Object.entries(FORMS))("%s", async (_form, body) => {
		expect(await inModule(body)).toHaveLength(1);
	});

	it("CommonJS", async () => {
		expect(
			await found({
				"package.json": `{"dependencies":{"@prisma/client":"6.12.0","express":"5.0.0"}}`,
				"src/db.js": `const { PrismaClient } = require("@prisma/client");\nconst prisma = new PrismaClient();\nconst all = [];\nprisma.$on("query", (e) => all.push(e));\nmodule.exports = prisma;\n`,
			}),
		).toEqual(["src/db.js:4"]);
	});

	it("a class that is told of each query", async () => {
		expect(
			await found({
				"src/monitor.ts": `export class QueryMonitor {\n  private slow = [];\n  analyse(query: string, ms: number) {\n    const entry = { query, ms };\n    if (ms > 1000) this.slow.push(entry);\n  }\n}\nexport const monitor = new QueryMonitor();\n`,
			}),
		).toEqual(["src/monitor.ts:5"]);
	});
});

describe(`${RULE} leaves alone`, () => {
	const BOUNDED: Readonly<Record<string, string>> = {
		shift: `const all = [];\nprisma.$on("query", (e) => { all.push(e); if (all.length > 100) all.shift(); });\n`,
		"splice in another function": `const all = [];\nprisma.$on("query", (e) => all.push(e));\nexport function drain() { return all.splice(0); }\n`,
		slice: `let all = [];\nprisma.$on("query", (e) => { all.push(e); all = all.slice(-100); });\n`,
		length: `const all = [];\nprisma.$on("query", (e) => { all.push(e); });\nsetInterval(() => { all.length = 0; }, 1000);\n`,
		"a size looked at first": `const all = [];\nprisma.$on("query", (e) => { if (all.length < 100) all.push(e); });\n`,
		"a field filtered by another method": `class Log { all = []; constructor() { prisma.$on("query", (e) => this.all.push(e)); } prune() { this.all = this.all.filter((e) => e.fresh); } }\nexport const log = new Log();\n`,
		"an alias that is trimmed": `const all = [];\nprisma.$on("query", (e) => all.push(e));\nexport function drain() { const list = all; list.splice(0); }\n`,
		"a helper that trims": `const all = [];\nfunction cap(list) { if (list.length > 9) list.shift(); }\nprisma.$on("query", (e) => { all.push(e); cap(all); });\n`,
		"a Map that is cleared": `const seen = new Map();\nprisma.$on("query", (e) => { if (seen.size > 99) seen.clear(); seen.set(e.query, 1); });\n`,
		"an object whose keys are deleted": `const seen = {};\nprisma.$on("query", (e) => { seen[e.query] = 1; });\nexport function forget(key) { delete seen[key]; }\n`,
		"a ring buffer": `const ring = new Array(100);\nlet next = 0;\nprisma.$on("query", (e) => { ring[next++ % 100] = e; });\n`,
		"a Map keyed by model": `const counts = new Map();\nprisma.$use((params, next) => { counts.set(params.model, 1); return next(params); });\n`,
		"an object keyed by operation": `const counts = {};\nprisma.$use((params, next) => { counts[params.action] = 1; return next(params); });\n`,
		"a listener that logs": `prisma.$on("query", (e) => console.log(e.query, e.duration));\n`,
		"a listener that counts": `let count = 0;\nprisma.$on("query", () => { count += 1; });\n`,
		"lists in an object that are kept short": `const times = {};\nprisma.$use(async (params, next) => { const list = (times[params.model] ??= []); list.push(1); if (list.length > 99) list.shift(); return next(params); });\n`,
		"lists in a Map that is cleared": `const times = new Map();\nprisma.$on("query", (e) => { const list = times.get(e.target) ?? []; list.push(e.duration); times.set(e.target, list); });\nsetInterval(() => times.clear(), 1000);\n`,
		"a metric": `import { histogram } from "./metrics.js";\nprisma.$on("query", (e) => histogram.observe(e.duration));\n`,
		"a list of the event's own": `prisma.$on("query", (e) => { const parts = []; parts.push(e.query); console.log(parts); });\n`,
		"a cache of a library": `import { LRUCache } from "lru-cache";\nconst seen = new LRUCache({ max: 10 });\nprisma.$on("query", (e) => seen.set(e.query, 1));\n`,
		"an extension's method": `const all = [];\nexport const db = prisma.$extends({ model: { room: { remember(x) { all.push(x); } } } });\n`,
		"a list beside one request's extension": `export async function handler(req, res) {\n  const calls = [];\n  const db = prisma.$extends({ query: { $allOperations({ args, query }) { calls.push(args); return query(args); } } });\n  res.json(await db.room.findMany());\n}\n`,
	};
	it.each(Object.entries(BOUNDED))("%s", async (_form, body) => {
		expect(await inModule(body)).toEqual([]);
	});

	it("a query builder", async () => {
		expect(
			await found({
				"src/builder.ts": `import type { PrismaClient } from "@prisma/client";\nexport class Builder {\n  private parts = [];\n  add(sql: string) { this.parts.push(sql); return this; }\n}\nexport const list = (client: PrismaClient) => client.$queryRawUnsafe(new Builder().add("select 1"));\n`,
			}),
		).toEqual([]);
	});

	it("tests and scripts", async () => {
		const body = `${DB}const all = [];\nprisma.$on("query", (e) => all.push(e));\n`;
		expect(await found({ "test/db.ts": body, "scripts/count.ts": body, "src/db.spec.ts": body })).toEqual([]);
	});
});
