import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, PROFILES } from "../../src/config/index.js";
import type { Finding } from "../../src/protocol/index.js";
import { check, type Files, PRISMA_7 } from "./support.js";

const SCHEMA = 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel Room {\n  id Int @id\n}\n';

/** `warning src/db.ts "20"` for every finding of the rule: severity, file, and the text it stands on. */
async function found(files: Files): Promise<string[]> {
	return poolFindings(await check(files)).map((finding) => `${finding.severity} ${finding.file} ${textAt(files, finding)}`);
}

function poolFindings(findings: readonly Finding[]): readonly Finding[] {
	return findings.filter((finding) => finding.rule === "pool-size");
}

function textAt(files: Files, { file, line, column, endLine, endColumn }: Finding): string {
	const text = files[file]?.split("\n")[line - 1] ?? "";
	return line === endLine ? text.slice(column - 1, endColumn - 1) : text.slice(column - 1);
}

/** A server on Prisma 7 whose client is made in `src/db.ts`. */
const pg = (options: string, head = "", more: Files = {}): Files => ({
	"package.json": PRISMA_7,
	"src/db.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "./generated/prisma/client.js";\n${head}\nexport const prisma = new PrismaClient({ adapter: new PrismaPg(${options}) });\n`,
	...more,
});

describe("pool-size warns of more than ten connections", () => {
	const FORMS: Readonly<Record<string, [options: string, head: string, text: string]>> = {
		"in the adapter's options": ["{ connectionString: process.env.DATABASE_URL, max: 20 }", "", "20"],
		"with a separator": ["{ max: 1_00 }", "", "1_00"],
		"as a product": ["{ max: 4 * 5 }", "", "4 * 5"],
		"in a constant": ["{ max: POOL }", "const POOL = 25;", "25"],
		"in a constant object's member": ["{ max: LIMITS.pool.max }", "const LIMITS = { pool: { max: 30 } } as const;", "30"],
		"in what a function returns": ["config()", "function config() { return { max: 40 }; }", "40"],
		"behind a spread": ["{ ...base, connectionString: url }", "const base = { max: 15 };\nconst url = process.env.DATABASE_URL;", "15"],
		"as text made a number": ['{ max: Number("50") }', "", '"50"'],
		"in the pg Pool that the adapter is given": ["pool", 'import { Pool } from "pg";\nconst pool = new Pool({ max: 20 });', "20"],
		"in a Pool made in place": ["new pg.Pool({ max: 20 })", 'import pg from "pg";', "20"],
	};
	it.each(Object.entries(FORMS))("%s", async (_form, [options, head, text]) => {
		expect(await found(pg(options, head))).toEqual([`warning src/db.ts ${text}`]);
	});

	it("in another file's configuration, at the number", async () => {
		const files = pg("{ max: database.pool.max }", 'import { database } from "./config.js";', {
			"src/config.ts": "export const database = { pool: { max: 60 } };\n",
		});
		expect(await found(files)).toEqual(["warning src/config.ts 60"]);
	});

	it("in the options of the other drivers", async () => {
		const files = {
			"package.json":
				'{"name":"app","type":"module","dependencies":{"@prisma/client":"7.0.0","@prisma/adapter-mariadb":"7.0.0","@prisma/adapter-mssql":"7.0.0"}}',
			"src/db.ts": `import { PrismaMariaDb } from "@prisma/adapter-mariadb";\nimport { PrismaMssql as Sql } from "@prisma/adapter-mssql";\nexport const a = new PrismaMariaDb({ host: "db", connectionLimit: 20 });\nexport const b = new Sql({ server: "db", pool: { max: 30, min: 0 } });\n`,
		};
		expect(await found(files)).toEqual(["warning src/db.ts 20", "warning src/db.ts 30"]);
	});

	const URLS: Readonly<Record<string, [url: string, text: string]>> = {
		"a string": ['"postgresql://db/app?connection_limit=20"', "20"],
		"a template": [`\`postgresql://\${process.env.HOST}/app?connection_limit=20&pool_timeout=5\``, "20"],
		"a template's value": [`\`\${process.env.DATABASE_URL}?connection_limit=\${21}\``, "21"],
		"a concatenation": ['process.env.DATABASE_URL + "?connection_limit=22"', "22"],
		"a concatenation of constants": ["URL + PARAMETERS", "26"],
		"a concatenated number": ['process.env.DATABASE_URL + "&connection_limit=" + 23', "23"],
	};
	it.each(Object.entries(URLS))("in a URL in code: %s", async (_form, [url, text]) => {
		const constants = 'const URL = "postgresql://db/app";\nconst PARAMETERS = "?connection_limit=26";';
		const files = {
			"src/db.ts": `import { PrismaClient } from "@prisma/client";\n${url.startsWith("URL") ? constants : ""}\nexport const prisma = new PrismaClient({ datasourceUrl: ${url} });\n`,
		};
		expect(await found(files)).toEqual([`warning src/db.ts ${text}`]);
	});

	it("set on a URL's search parameters", async () => {
		const files = {
			"src/db.ts": `import { PrismaClient } from "@prisma/client";\nconst url = new URL(process.env.DATABASE_URL ?? "");\nurl.searchParams.set("connection_limit", "24");\nexport const prisma = new PrismaClient({ datasources: { db: { url: url.href } } });\n`,
		};
		expect(await found(files)).toEqual([`warning src/db.ts "24"`]);
	});

	it("in an env file and in the schema, for the engine that reads them there", async () => {
		const files = {
			".env": "PORT=3000\nDATABASE_URL=postgresql://db/app?connection_limit=20\n",
			"prisma/schema.prisma": SCHEMA.replace('env("DATABASE_URL")', '"mysql://db/app?connection_limit=33"'),
		};
		expect(await found(files)).toEqual(["warning .env 20", "warning prisma/schema.prisma 33"]);
	});

	it("in a home-made manager that keeps PrismaClients", async () => {
		const files = { "src/manager.ts": manager("ClientPool", "maxClients: 16, minClients: 4") };
		const findings = poolFindings(await check(files));
		expect(findings.map((finding) => [finding.severity, textAt(files, finding)])).toEqual([
			["warning", "16"],
			["hint", "4"],
		]);
		expect(findings[0]?.message).toContain("ClientPool keeps up to 16 PrismaClients");
	});

	it("in several managers on one database, whose sum counts however small each is", async () => {
		const files = {
			"src/readers.ts": manager("Readers", "maxClients: 6"),
			"src/writers.ts": manager("Writers", "maxClients: 4"),
			"src/main.ts": `import { Readers } from "./readers";\nimport { Writers } from "./writers";\nexport const pools = [new Readers(), new Writers()];\n`,
		};
		const findings = poolFindings(await check(files));
		expect(findings.map((finding) => [finding.severity, textAt(files, finding)])).toEqual([
			["warning", "6"],
			["warning", "4"],
		]);
		expect(findings[0]?.message).toContain("2 such managers in this process come to 10");
	});

	it("in a branch that the environment's name picks", async () => {
		expect(await found(pg('{ max: process.env.NODE_ENV === "production" ? 20 : 2 }'))).toEqual(["warning src/db.ts 20"]);
	});

	it("in a default that nobody overrides, where callers could", async () => {
		const make = "const make = (options: { max?: number } = {}) => ({ max: options.max ?? 20 });";
		expect(await found(pg("make()", make))).toEqual(["warning src/db.ts 20"]);
		expect(await found(pg("{ max: SIZE ?? 20 }", "const SIZE = undefined;"))).toEqual(["warning src/db.ts 20"]);
	});

	it("with what the connections over the profile cost, and what it recommends", async () => {
		const [finding] = poolFindings(await check(pg("{ max: 20 }")));
		expect(finding?.estimate).toMatchObject({ megabytes: [3, 9], connections: 17 });
		expect(finding?.message).toContain("The production profile recommends 3.");
	});
});

describe("pool-size adds up the pools on one database", () => {
	it("of several clients in one process", async () => {
		const files = {
			"package.json": PRISMA_7,
			"src/server.ts": `import express from "express";\nimport rooms from "./rooms.js";\nimport { prisma } from "./db.js";\nconst app = express();\napp.use(rooms);\napp.get("/", async (req, res) => res.json(await prisma.room.findMany()));\napp.listen(3000);\n`,
			...Object.fromEntries(
				[
					["src/db.ts", 5],
					["src/rooms.ts", 6],
				].map(([path, max]) => [
					path,
					`import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "./generated/prisma/client.js";\nexport const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: ${max} }) });\nexport default (req: unknown) => prisma.room.findMany();\n`,
				]),
			),
		};
		const sums = poolFindings(await check(files)).filter((finding) => finding.severity === "warning");
		expect(sums.map((finding) => finding.message)).toEqual([
			expect.stringContaining("2 pools on one database in this process open up to 11 connections"),
		]);
		expect(sums[0]?.related).toHaveLength(1);
		expect(sums[0]?.estimate?.connections).toBe(8);
	});
});

describe("pool-size adds up the pools of all replicas", () => {
	const limited = (maxConnections: number | null, replicas: number) => ({ ...DEFAULT_SETTINGS, database: { maxConnections, replicas } });

	it("where they pass what the database takes", async () => {
		const [finding, ...others] = poolFindings(await check(pg("{ max: 3 }"), limited(10, 4)));
		expect(others).toEqual([]);
		expect(finding).toMatchObject({ severity: "warning", file: "src/db.ts", line: 4 });
		expect(finding?.message).toBe(
			"This pool opens up to 3 connections in each of 4 replicas, 12 in all, and the database takes 10: the rest is refused. Give the pools at most 2 together in each replica, or put a pooler such as PgBouncer in between.",
		);
	});

	it("with the driver's default where nothing is said", async () => {
		expect(poolFindings(await check(pg("{}"), limited(100, 11)))).toHaveLength(1);
		expect(poolFindings(await check(pg("{}"), limited(100, 10)))).toEqual([]);
	});

	it("and says nothing where no limit is known, or the size is not", async () => {
		expect(poolFindings(await check(pg("{ max: 3 }"), limited(null, 100)))).toEqual([]);
		expect(poolFindings(await check(pg("{ max: Number(process.env.POOL_MAX) }"), limited(1, 100)))).toEqual([]);
	});
});

describe("pool-size only hints at", () => {
	it("a number between the profile's and ten", async () => {
		expect(await found(pg("{ max: 8 }"))).toEqual(["hint src/db.ts 8"]);
		const development = { ...DEFAULT_SETTINGS, profile: PROFILES.development };
		expect(poolFindings(await check(pg("{ max: 5 }"), development))).toEqual([]);
	});

	it("a default that a configuration read at run time may replace", async () => {
		const parsed = 'import { parse } from "dsn-parser";\nconst parsed = parse(process.env.DATABASE_URL);\nconst { limit } = parsed;';
		expect(await found(pg("{ max: parsed.limit ?? 20 }", parsed))).toEqual(["hint src/db.ts 20"]);
		expect(await found(pg("{ max: limit || 20 }", parsed))).toEqual(["hint src/db.ts 20"]);
		expect(await found(pg('{ max: Number(config.get("pool.max")) || 20 }', 'import config from "config";'))).toEqual(["hint src/db.ts 20"]);
		const [finding] = poolFindings(await check(pg("{ max: parsed.limit ?? 20 }", parsed)));
		expect(finding?.message).toContain("up to 20 connections unless parsed.limit says otherwise");
	});

	it("a default that the environment may replace", async () => {
		expect(await found(pg("{ max: Number(process.env.POOL_MAX ?? 20) }"))).toEqual(["hint src/db.ts 20"]);
		expect(await found(pg("{ max: Number(process.env.POOL_MAX) || 20 }"))).toEqual(["hint src/db.ts 20"]);
		expect(await found(pg("{ max: process.env.POOL_MAX ? Number(process.env.POOL_MAX) : 20 }"))).toEqual(["hint src/db.ts 20"]);
		expect(await found(pg("{ max }", 'const max = parseInt(process.env.POOL_MAX ?? "20", 10);'))).toEqual(['hint src/db.ts "20"']);
		const url = `\`\${process.env.DATABASE_URL}?connection_limit=\${process.env.LIMIT ?? 20}\``;
		expect(
			await found({
				"src/db.ts": `import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient({ datasourceUrl: ${url} });\n`,
			}),
		).toEqual(["hint src/db.ts 20"]);
	});

	it("connections that stay open when nothing runs", async () => {
		expect(await found(pg("{ max: 3, min: 2 }"))).toEqual(["hint src/db.ts 2"]);
	});

	it("a template of an env file", async () => {
		expect(await found({ ".env.example": "DATABASE_URL=postgresql://db/app?connection_limit=20\n" })).toEqual(["hint .env.example 20"]);
	});
});

describe("pool-size stays quiet about", () => {
	it.each([
		["a size the profile allows", pg("{ max: 3 }")],
		["a pool without a number", pg("{ connectionString: process.env.DATABASE_URL }")],
		["a number that comes from the environment alone", pg("{ max: Number(process.env.POOL_MAX) }")],
		[
			"a Pool that Prisma does not use",
			{
				"package.json": PRISMA_7,
				"src/sql.ts": `import { Pool } from "pg";\nimport { drizzle } from "drizzle-orm/node-postgres";\nexport const db = drizzle(new Pool({ max: 50 }));\n`,
			},
		],
		[
			"another limit of a class that owns one client",
			{
				"src/socket.ts": `import { PrismaClient } from "@prisma/client";\nexport class Dashboard {\n\tprivate prisma = new PrismaClient();\n\tprivate sockets: unknown[] = [];\n\tprivate maxConnections = 1000;\n\tadd(socket: unknown) {\n\t\tif (this.sockets.length >= this.maxConnections) return;\n\t\tthis.sockets.push(socket);\n\t}\n}\n`,
			},
		],
		[
			"a configuration that nothing reads",
			{
				"src/config.ts": `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\nexport const database = { pool: { min: 5, max: 50 }, connectionLimit: 50 };\n`,
			},
		],
		["a parameter the driver ignores", pg("{}", 'export const url = "postgresql://db/app?connection_limit=50";')],
		[
			"tests",
			pg("{ max: 3 }", "", {
				"tests/db.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nexport const a = new PrismaPg({ max: 50 });\n`,
			}),
		],
		[
			"seeds and scripts",
			pg("{ max: 3 }", "", {
				"prisma/seed.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nexport const a = new PrismaPg({ max: 50 });\n`,
			}),
		],
		["an env file for tests", { ".env.test": "DATABASE_URL=postgresql://db/app?connection_limit=50\n", "prisma/schema.prisma": SCHEMA }],
		["comments and strings", pg("{ max: 3 }", "// new PrismaPg({ max: 50 })\nexport const help = 'new PrismaPg({ max: 50 })';")],
		[
			"an adapter that keeps no pool",
			{
				"package.json": PRISMA_7,
				"src/db.ts": `import { PrismaD1 } from "@prisma/adapter-d1";\nexport const a = new PrismaD1({ max: 50 });\n`,
			},
		],
		["packages without Prisma", { "package.json": '{"name":"web"}', ".env": "DATABASE_URL=postgresql://db/app?connection_limit=50\n" }],
	] as const)("%s", async (_title, files) => {
		expect(await found(files)).toEqual([]);
	});
});

describe("pool-size is quiet for", () => {
	const OTHERS: Readonly<Record<string, string>> = {
		"a websocket server's maxConnections": `import { WebSocketServer } from "ws";\nexport const sockets = new WebSocketServer({ port: 1, maxConnections: 500 });\n`,
		"Drizzle's pool": `import { drizzle } from "drizzle-orm/node-postgres";\nimport { Pool } from "pg";\nexport const db = drizzle(new Pool({ max: 50 }));\n`,
		"Kysely's pool": `import { Kysely, PostgresDialect } from "kysely";\nimport { Pool } from "pg";\nexport const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ max: 50 }) }) });\n`,
	};
	it.each(Object.entries(OTHERS))("%s", async (_form, text) => {
		expect(await found(pg("{ max: 5 }", "", { "src/other.ts": text }))).toEqual(["hint src/db.ts 5"]);
	});
});

/** A home-made manager that keeps clients in an array, as many as its settings say. */
function manager(name: string, settings: string): string {
	return `import { PrismaClient } from "@prisma/client";
export class ${name} {
	private clients: PrismaClient[] = [];
	private settings: { maxClients: number; minClients: number };
	constructor(settings = {}) {
		this.settings = { ${settings}, ...settings };
	}
	private async open() {
		const client = new PrismaClient();
		await client.$connect();
		return client;
	}
	async take() {
		if (this.clients.length < this.settings.maxClients) {
			const client = await this.open();
			this.clients.push(client);
			return client;
		}
		return this.clients[0];
	}
}
`;
}
