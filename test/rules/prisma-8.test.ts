import { describe, expect, it } from "vitest";
import { openProject } from "../../src/analysis/index.js";
import { writeTree } from "../analysis/workspace/tree.js";
import { check, type Files, places } from "./support.js";

const PRISMA_8 =
	'{"name":"app","type":"module","dependencies":{"@prisma/orm-postgres":"8.0.0-rc.13","express":"5.0.0","pg":"8.16.0"},"devDependencies":{"prisma":"8.0.0-rc.15"}}';
const IMPORT = `import postgres from "@prisma/orm-postgres/runtime";\nimport contractJson from "./contract.json" with { type: "json" };\n`;
const URL = "url: process.env.DATABASE_URL!";
const DB = `${IMPORT}export const db = postgres<Contract>({ contractJson, ${URL} });\n`;

const EXPRESS = `import express from "express";\nconst app = express();\n`;

const app = (files: Files): Files => ({ "package.json": PRISMA_8, ...files });
const server = (handler: string, imports = IMPORT): string =>
	`${imports}${EXPRESS}app.get("/rooms", async (req, res) => {\n${handler}\n  res.json(await db.orm.public.Room.all());\n});\napp.listen(3000);\n`;
const rules = async (files: Files): Promise<readonly string[]> => (await check(app(files))).map(({ rule }) => rule);

async function labels(files: Files, file: string): Promise<readonly string[]> {
	const project = openProject(await writeTree(app(files)));
	await project.scan();
	return project.hints(file).flatMap(({ label }) => label ?? []);
}

describe("client-per-call on Prisma 8", () => {
	const HANDLER = { "src/db.ts": DB, "src/server.ts": server(`  const db = postgres({ contractJson, ${URL} });`) };

	it("finds a client made in a handler, and names it right", async () => {
		const [finding] = await check(app(HANDLER));
		expect(finding).toMatchObject({
			rule: "client-per-call",
			severity: "error",
			file: "src/server.ts",
			line: 6,
			column: 14,
			endColumn: 22,
		});
		expect(finding?.message).toBe(
			"This handler makes a Prisma client per request. Each opens its own pool of up to 10 connections. Use the one from src/db.ts.",
		);
		expect(finding?.estimate).toBeUndefined();
	});

	it("finds one that is closed at the end of the handler: a pool is still opened per request", async () => {
		expect(await rules({ "src/server.ts": server(`  await using db = postgres({ contractJson, ${URL} });`) })).toEqual(["client-per-call"]);
	});

	it("finds a factory of another file that is called per request", async () => {
		const findings = await check(
			app({
				"src/open.ts": `${IMPORT}export function open() { return postgres({ contractJson, ${URL} }); }\n`,
				"src/server.ts": server("  const db = open();", `import { open } from "./open.js";\n`),
			}),
		);
		expect(places(findings, "client-per-call")).toEqual(["src/open.ts:3", "src/server.ts:5"]);
	});

	it("finds the runtime under another name, in CommonJS and of the other databases", async () => {
		const handler = (make: string): Files => ({
			"src/server.js": `${EXPRESS}app.get("/", async (req, res) => { const db = ${make}; res.json(await db.orm.Room.all()); });\napp.listen(1);\n`,
		});
		for (const [imports, make] of [
			[`import prisma from "@prisma/orm-postgres/runtime";\n`, "prisma({ contractJson })"],
			[`const { default: postgres } = require("@prisma/orm-postgres/runtime");\n`, "postgres({ contractJson })"],
			[`import mongo from "@prisma/orm-mongo/runtime";\n`, "mongo({ contractJson, url })"],
			[`import sqlite from "@prisma/orm-sqlite/runtime";\n`, "sqlite({ contractJson, path })"],
		] as const) {
			const [[file, text] = ["", ""]] = Object.entries(handler(make));
			expect(await rules({ [file]: imports + text }), imports).toContain("client-per-call");
		}
	});

	it("refuses to share it by rewriting a `new` that is not there", async () => {
		const project = openProject(await writeTree(app(HANDLER)));
		await project.scan();
		const [finding] = project.findings();
		expect(finding && project.fixes(finding)).toEqual([
			{ kind: "refused", id: "use-singleton", reason: expect.stringContaining("made by a call") },
		]);
	});

	it("is quiet where handlers use one shared module, or keep a lazy one", async () => {
		expect(await rules({ "src/db.ts": DB, "src/server.ts": server("", `import { db } from "./db.js";\n`) })).toEqual([]);
		const lazy = `${IMPORT}let db;\nexport function getDb() {\n  if (!db) db = postgres({ contractJson, ${URL} });\n  return db;\n}\n`;
		expect(
			await rules({ "src/db.ts": lazy, "src/server.ts": server("  const db = getDb();", `import { getDb } from "./db.js";\n`) }),
		).toEqual([]);
	});

	it("is quiet about the serverless runtime, which connects per request by design, and about other packages' functions", async () => {
		const serverless = IMPORT.replace("/runtime", "/serverless");
		expect(
			await rules({ "src/server.ts": server(`  await using db = await postgres({ contractJson }).connect({ ${URL} });`, serverless) }),
		).toEqual([]);
		expect(await rules({ "src/server.ts": server("  const db = postgres(url);", `import postgres from "postgres";\n`) })).toEqual([]);
		const helper = `import { isPgPool } from "@prisma/orm-postgres/runtime";\n`;
		expect(await rules({ "src/server.ts": server("  const own = isPgPool(db);", helper) })).toEqual([]);
	});
});

describe("multiple-clients on Prisma 8", () => {
	it("finds a client beside the shared one", async () => {
		const [finding, ...rest] = await check(
			app({
				"src/db.ts": DB,
				"src/reports.ts": DB.replace("export const db", "const own"),
				"src/server.ts": server("", `import { db } from "./db.js";\nimport "./reports.js";\n`),
			}),
		);
		expect(rest).toEqual([]);
		expect(finding).toMatchObject({ rule: "multiple-clients", file: "src/reports.ts", line: 3 });
		expect(finding?.message).toBe(
			"This is one of 2 Prisma clients in the same process. Each opens its own pool of up to 10 connections. Use the one from src/db.ts.",
		);
	});

	it("is quiet about another database, about scripts and about tests", async () => {
		const used = server("", `import { db } from "./db.js";\nimport "./other.js";\n`);
		const closing = `${IMPORT}await using db = postgres({ contractJson, ${URL} });\nawait db.orm.public.Room.all();\n`;
		expect(
			await rules({
				"src/db.ts": DB,
				"src/other.ts": DB.replace("DATABASE_URL", "REPORTS_URL"),
				"src/server.ts": used,
				"scripts/report.ts": closing,
				"test/rooms.test.ts": closing,
			}),
		).toEqual([]);
	});
});

describe("the pool of Prisma 8's client", () => {
	const POOL = `import { Pool } from "pg";\n`;
	const withPool = (pool: string): string => `${POOL}${IMPORT}export const db = postgres({ contractJson, pg: ${pool} });\n`;

	it("is pg's default of 10, which the hint says", async () => {
		expect(await labels({ "src/db.ts": DB }, "src/db.ts")).toEqual(["pool 10"]);
	});

	it("is the Pool it is given, whose size counts", async () => {
		const files = { "src/db.ts": withPool("new Pool({ max: 25 })") };
		const [finding, ...rest] = (await check(app(files))).filter(({ rule }) => rule === "pool-size");
		expect(rest).toEqual([]);
		expect(finding).toMatchObject({ severity: "warning", file: "src/db.ts", line: 4 });
		expect(finding?.message).toContain("up to 25 connections");
		expect(await labels(files, "src/db.ts")).toEqual(["use ≤ 3", "pool 25"]);
	});

	it("is followed through a binding and a name of another file", async () => {
		const files = {
			"src/pool.ts": `${POOL}export const pool = new Pool({ max: 4 });\n`,
			"src/db.ts": `import { pool } from "./pool.js";\n${IMPORT}export const db = postgres({ contractJson, binding: { kind: "pgPool", pool } });\n`,
		};
		expect(await labels(files, "src/db.ts")).toEqual(["pool 4"]);
	});

	it("takes no size from poolOptions", async () => {
		const [finding] = await check(app({ "src/db.ts": DB.replace("url:", "poolOptions: { max: 20 }, url:") }));
		expect(finding).toMatchObject({ rule: "ignored-pool-setting", severity: "warning", file: "src/db.ts", line: 3 });
		expect(finding?.message).toBe("Prisma 8 ignores max, so the pool keeps its default. Use pg: new Pool({ max }).");
	});

	it("ignores connection_limit in the URL", async () => {
		const findings = await check(app({ "src/db.ts": DB, ".env": "DATABASE_URL=postgresql://localhost/app?connection_limit=20\n" }));
		expect(places(findings, "ignored-pool-setting")).toEqual([".env:1"]);
		expect(findings[0]?.message).toContain("Pass pg: new Pool({ max }) to postgres().");
		expect(places(findings, "pool-size")).toEqual([]);
	});

	it("waits as long as poolOptions says", async () => {
		const waiting = (milliseconds: number): Files =>
			app({ "src/db.ts": DB.replace("url:", `poolOptions: { connectionTimeoutMillis: ${milliseconds} }, url:`) });
		expect(places(await check(waiting(120_000)), "pool-timeouts")).toEqual(["src/db.ts:3"]);
		expect(places(await check(waiting(20_000)), "pool-timeouts")).toEqual([]);
	});

	it("is not guessed where the options cannot be followed, or where there is none", async () => {
		expect(await labels({ "src/db.ts": `${IMPORT}export const open = (options) => postgres(options);\n` }, "src/db.ts")).toEqual([]);
		expect(
			await labels(
				{ "src/db.ts": `import sqlite from "@prisma/orm-sqlite/runtime";\nexport const db = sqlite({ path: "app.db" });\n` },
				"src/db.ts",
			),
		).toEqual([]);
	});
});

describe("missing-disconnect on Prisma 8", () => {
	const script = (make: string, end = ""): Files => ({
		"scripts/report.ts": `${IMPORT}${make} = postgres({ contractJson, ${URL} });\nconsole.log(await db.orm.public.Room.all());\n${end}`,
	});

	it("finds a script that hangs", async () => {
		const [finding, ...rest] = await check(app(script("const db")));
		expect(rest).toEqual([]);
		expect(finding).toMatchObject({ rule: "missing-disconnect", severity: "info", file: "scripts/report.ts", line: 3, fixes: [] });
		expect(finding?.message).toContain("Declare it with await using, or call close in finally.");
	});

	it("is quiet where the script closes it, one way or the other", async () => {
		expect(await rules(script("const db", "await db.close();\n"))).toEqual([]);
		expect(await rules(script("await using db"))).toEqual([]);
		expect(await rules(script("const db", "process.exit(0);\n"))).toEqual([]);
	});

	it("finds a class that is built per request and closes nothing, but not one that is told to close", async () => {
		const repository = (members: string): Files => ({
			"src/rooms.ts": `${IMPORT}export class Rooms {\n  private db = postgres({ contractJson, ${URL} });\n  list() { return this.db.orm.public.Room.all(); }\n${members}}\n`,
			"src/server.ts": `import { Rooms } from "./rooms.js";\n${EXPRESS}app.get("/", async (req, res) => { const rooms = new Rooms(); res.json(await rooms.list()); await rooms.close(); });\napp.listen(1);\n`,
		});
		expect(places(await check(app(repository(""))), "missing-disconnect")).toEqual(["src/rooms.ts:4"]);
		expect(places(await check(app(repository("  close() { return this.db.close(); }\n"))), "missing-disconnect")).toEqual([]);
	});

	it("finds a close that a failing query skips", async () => {
		const job = (body: string): Files => ({
			"src/job.ts": `${IMPORT}import cron from "node-cron";\ncron.schedule("* * * * *", async () => {\n  const db = postgres({ contractJson, ${URL} });\n${body}});\n`,
		});
		const findings = await check(app(job("  await db.orm.public.Room.all();\n  await db.close();\n")));
		expect(places(findings, "missing-disconnect")).toEqual(["src/job.ts:7"]);
		const safe = "  try {\n    await db.orm.public.Room.all();\n  } finally {\n    await db.close();\n  }\n";
		expect(places(await check(app(job(safe))), "missing-disconnect")).toEqual([]);
	});
});

describe("disconnect-per-request on Prisma 8", () => {
	const closing = (body: string): Files => ({
		"src/server.ts": `${DB}${EXPRESS}app.get("/", async (req, res) => {\n  res.json(await db.orm.public.Room.all());\n${body}});\napp.listen(1);\n`,
	});

	it("finds the shared client closed in a handler", async () => {
		const findings = await check(app(closing("  await db.close();\n")));
		expect(places(findings, "disconnect-per-request")).toEqual(["src/server.ts:8"]);
		expect(findings[0]?.message).toContain("close closes the shared client's pool");
	});

	it("is quiet about what else is closed there", async () => {
		expect(await rules(closing("  res.socket?.end();\n  file.close();\n"))).toEqual([]);
	});
});

describe("the workspace of Prisma 8", () => {
	it("has the version and engine of its runtime packages, also where those counted from 0", async () => {
		const project = async (dependency: string) => {
			const opened = openProject(await writeTree({ "package.json": `{"dependencies":{${dependency}}}`, "src/db.ts": DB }));
			await opened.scan();
			return opened.report().prisma;
		};
		expect(await project('"@prisma/orm-mongo":"8.0.0-rc.13"')).toMatchObject([{ version: "8.0.0-rc.13", engine: "client" }]);
		expect(await project('"@prisma/orm-postgres":"0.17.0"')).toMatchObject([{ version: "0.17.0", engine: "client" }]);
	});
});
