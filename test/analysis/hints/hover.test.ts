import { describe, expect, it } from "vitest";
import { openProject } from "../../../src/analysis/index.js";
import { DEFAULT_SETTINGS, PROFILES, type Settings } from "../../../src/config/index.js";
import type { PoolHint } from "../../../src/protocol/index.js";
import { type Files, writeTree } from "../workspace/tree.js";

const SCHEMA =
	'generator client {\n  provider = "prisma-client"\n  output = "../generated/prisma"\n}\ndatasource db {\n  provider = "postgresql"\n}\nmodel Room {\n  id Int @id\n}\nmodel Guest {\n  id Int @id\n}\n';
const SCHEMA_6 =
	'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\nmodel Room {\n  id Int @id\n}\nmodel Guest {\n  id Int @id\n}\n';
const PRISMA_6 = { name: "app", type: "module", dependencies: { "@prisma/client": "6.12.0" } };

function prisma7(adapter: string): object {
	return { name: "app", type: "module", dependencies: { "@prisma/client": "7.10.0", [adapter]: "7.10.0" } };
}

/** A module that makes one client on an adapter. */
function client(className: string, adapter: string, options: string): string {
	return `import { ${className} } from "${adapter}";\nimport { PrismaClient } from "../generated/prisma/client.js";\nexport const prisma = new PrismaClient({ adapter: new ${className}(${options}) });\n`;
}

/** What a hover over the first `word` of the file shows. */
async function hover(files: Files, file: string, word: string, settings: Settings = DEFAULT_SETTINGS): Promise<string> {
	const project = openProject(await writeTree(files), settings);
	await project.scan();
	return at(project.hints(file), String(files[file]), word);
}

function at(hints: readonly PoolHint[], text: string, word: string): string {
	const before = text.slice(0, text.indexOf(word)).split("\n");
	const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
	const found = hints.filter(({ subject: s }) => s.line === line && s.column <= column && column < s.endColumn);
	return found.map(({ tooltip }) => tooltip).join("\n---\n");
}

interface Driver {
	readonly adapter: string;
	readonly className: string;
	readonly options: string;
	/** A number among the options, and the row that tells what is in force there. */
	readonly number: string;
	readonly row: string;
	/** Rows of the adapter's table that nobody wrote down. */
	readonly defaults: readonly string[];
}

const POOLS: readonly Driver[] = [
	{
		adapter: "@prisma/adapter-pg",
		className: "PrismaPg",
		options: "{ max: 20, idleTimeoutMillis: 600_000 }",
		number: "20",
		row: "| `max` | 20 | 10 | ≤ 3 |",
		defaults: ["| `connectionTimeoutMillis` | for ever | for ever | ≤ 8 s |"],
	},
	{
		adapter: "@prisma/adapter-neon",
		className: "PrismaNeon",
		options: "{ max: 4 }",
		number: "4",
		row: "| `max` | 4 | 10 | ≤ 3 |",
		defaults: ["| `idleTimeoutMillis` | 10 s | 10 s | ≤ 30 s |"],
	},
	{
		adapter: "@prisma/adapter-mariadb",
		className: "PrismaMariaDb",
		options: "{ host: 'db', connectionLimit: 2 }",
		number: "2 }",
		row: "| `connectionLimit` | 2 | 10 | ≤ 3 |",
		defaults: ["| `acquireTimeout` | 10 s | 10 s | ≤ 8 s |", "| `idleTimeout` | 30 min | 30 min | ≤ 30 s |"],
	},
	{
		adapter: "@prisma/adapter-mssql",
		className: "PrismaMssql",
		options: "{ server: 'db', pool: { max: 30 } }",
		number: "30",
		row: "| `pool.max` | 30 | 10 | ≤ 3 |",
		defaults: ["| `pool.acquireTimeoutMillis` | 30 s | 30 s | ≤ 8 s |"],
	},
];

describe("a hover over an adapter with a pool", () => {
	it.each(POOLS)(
		"$className shows every setting in force, its default and the profile's",
		async ({ adapter, className, options, row, defaults }) => {
			const files = { "package.json": prisma7(adapter), "prisma/schema.prisma": SCHEMA, "src/db.ts": client(className, adapter, options) };
			const text = await hover(files, "src/db.ts", `new ${className}`);
			expect(text).toContain(`${className} opens a pool`);
			for (const line of [row, ...defaults]) expect(text).toContain(line);
		},
	);

	it.each(POOLS)(
		"$className's number shows the sum per process and the memory with its source",
		async ({ adapter, className, options, number, row }) => {
			const files = { "package.json": prisma7(adapter), "prisma/schema.prisma": SCHEMA, "src/db.ts": client(className, adapter, options) };
			const text = await hover(files, "src/db.ts", number);
			const value = Number.parseInt(number, 10);
			expect(text).toContain(row);
			expect(text).toContain(`This process, on this database: up to ${value} connections with its only client`);
			expect(text).toMatch(/busy connections: \d+ × 0.2–0.5 MB = .* \(measured on Prisma 7/);
		},
	);

	it("of its own file says the size that nobody wrote down", async () => {
		const files = {
			"package.json": prisma7("@prisma/adapter-pg"),
			"prisma/schema.prisma": SCHEMA,
			"src/adapter.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nexport const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL });\n`,
			"src/db.ts": `import { PrismaClient } from "../generated/prisma/client.js";\nimport { adapter } from "./adapter.js";\nexport const prisma = new PrismaClient({ adapter });\n`,
		};
		const project = openProject(await writeTree(files));
		await project.scan();
		expect(project.hints("src/adapter.ts").map(({ label }) => label)).toEqual(["pool 10 by default · use ≤ 3"]);
		expect(project.hints("src/db.ts").map(({ label }) => label)).toEqual(["pool 10"]);
	});

	it("reads the pool that it is given, and says so over that pool", async () => {
		const files = {
			"package.json": { name: "app", dependencies: { "@prisma/client": "7.10.0", "@prisma/adapter-pg": "7.10.0", pg: "8.0.0" } },
			"prisma/schema.prisma": SCHEMA,
			"src/db.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { Pool } from "pg";\nimport { PrismaClient } from "../generated/prisma/client.js";\nconst pool = new Pool({ max: 7 });\nexport const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });\n`,
		};
		expect(await hover(files, "src/db.ts", "new Pool")).toContain("This pool is handed to PrismaPg");
		expect(await hover(files, "src/db.ts", "new PrismaPg")).toContain("| `max` | 7 | 10 | ≤ 3 |");
	});
});

describe("a hover over an adapter without a pool", () => {
	it.each([
		["@prisma/adapter-planetscale", "PrismaPlanetScale", "{ url: process.env.DATABASE_URL }", "Every query is an HTTP request"],
		["@prisma/adapter-libsql", "PrismaLibSql", "{ url: process.env.DATABASE_URL }", "`concurrency`: 20 requests at once by default"],
		[
			"@prisma/adapter-better-sqlite3",
			"PrismaBetterSqlite3",
			"{ url: 'file:./dev.db' }",
			"`timeout`: 5000 ms for a locked file by default",
		],
		["@prisma/adapter-d1", "PrismaD1", "env.DB", "no connection stays open"],
	])("%s says how queries travel instead", async (adapter, className, options, words) => {
		const files = { "package.json": prisma7(adapter), "prisma/schema.prisma": SCHEMA, "src/db.ts": client(className, adapter, options) };
		const text = await hover(files, "src/db.ts", `new ${className}`);
		expect(text).toContain("**No connection pool**");
		expect(text).toContain(words);
		const ofClient = await hover(files, "src/db.ts", "new PrismaClient");
		expect(ofClient).toContain("**No connection pool**");
		expect(ofClient).toContain("| `transactionOptions.maxWait` | 2 s | 2 s | ≤ 5 s |");
	});
});

describe("a hover over a client", () => {
	const PG = { "package.json": prisma7("@prisma/adapter-pg"), "prisma/schema.prisma": SCHEMA };
	const TWO = {
		...PG,
		"src/a.ts": client("PrismaPg", "@prisma/adapter-pg", "{ max: 8 }"),
		"src/b.ts": client("PrismaPg", "@prisma/adapter-pg", "{ max: 12 }"),
	};

	it("sums the connections of its process, and of all replicas against the database's limit", async () => {
		expect(await hover(TWO, "src/a.ts", "new PrismaClient")).toContain(
			"This process, on this database: up to 20 connections with 2 clients",
		);
		const many: Settings = { ...DEFAULT_SETTINGS, database: { maxConnections: 50, replicas: 4 } };
		expect(await hover(TWO, "src/a.ts", "new PrismaClient", many)).toContain(
			"All 4 replicas: up to 80 connections; the database takes 50, so the rest is refused",
		);
		const few: Settings = { ...DEFAULT_SETTINGS, database: { maxConnections: 100, replicas: 1 } };
		expect(await hover(TWO, "src/a.ts", "8 }", few)).toMatch(/up to 20 connections with 2 clients; the database takes 100$/m);
	});

	it("does not add a client on another database", async () => {
		const replica = TWO["src/b.ts"].replace("{ max: 12 }", "{ connectionString: process.env.REPORTS_URL, max: 12 }");
		expect(await hover({ ...TWO, "src/b.ts": replica }, "src/a.ts", "new PrismaClient")).toContain(
			"up to 8 connections with its only client",
		);
	});

	it("made per request does not pretend to a sum", async () => {
		const files = {
			...PG,
			"package.json": {
				...prisma7("@prisma/adapter-pg"),
				dependencies: { "@prisma/client": "7.10.0", "@prisma/adapter-pg": "7.10.0", express: "5.0.0" },
			},
			"src/server.ts": `import express from "express";\nimport { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "../generated/prisma/client.js";\nconst app = express();\napp.get("/", async (_request, response) => {\n\tconst prisma = new PrismaClient({ adapter: new PrismaPg({}) });\n\tresponse.json(await prisma.room.findMany());\n});\napp.listen(3000);\n`,
		};
		expect(await hover(files, "src/server.ts", "new PrismaClient")).toContain("connections grow with the traffic");
	});

	it("tells clients that stay from those made again and again", async () => {
		const files = {
			...TWO,
			"package.json": {
				...prisma7("@prisma/adapter-pg"),
				dependencies: { "@prisma/client": "7.10.0", "@prisma/adapter-pg": "7.10.0", express: "5.0.0" },
			},
			"src/server.ts": `import express from "express";\nimport { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "../generated/prisma/client.js";\nimport { prisma as a } from "./a.js";\nimport { prisma as b } from "./b.js";\nconst app = express();\napp.get("/", async (_request, response) => {\n\tconst prisma = new PrismaClient({ adapter: new PrismaPg({}) });\n\tresponse.json([await prisma.room.findMany(), await a.room.count(), await b.room.count()]);\n});\napp.listen(3000);\n`,
		};
		const text = await hover(files, "src/a.ts", "new PrismaClient");
		expect(text).toContain("This process, on this database: up to 20 connections with 2 clients");
		expect(text).toContain("3 clients of this package run in this process, 1 of them made again and again");
	});

	it("labels what its estimate rests on: engine, models, table", async () => {
		const measured = await hover(TWO, "src/a.ts", "new PrismaClient");
		expect(measured).toContain("Estimated for Prisma 7.10.0, query compiler without a Rust engine, 2 models in the schema");
		expect(measured).toContain("3–4 MB (measured on Prisma 7 with Node 20 on Linux, 2 models)");
		const rust = {
			"package.json": PRISMA_6,
			"prisma/schema.prisma": SCHEMA_6,
			"src/db.ts": `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`,
		};
		const seed = await hover(rust, "src/db.ts", "new PrismaClient");
		expect(seed).toContain("Estimated for Prisma 6.12.0, Rust engine, 2 models in the schema");
		expect(seed).toContain("15–25 MB (project analysis of Prisma 5, Rust library engine, per client)");
	});

	it("shows its transaction limits, written or not", async () => {
		const text = client("PrismaPg", "@prisma/adapter-pg", "{}").replace("adapter:", "transactionOptions: { maxWait: 30_000 }, adapter:");
		const hovered = await hover({ ...PG, "src/db.ts": text }, "src/db.ts", "new PrismaClient");
		expect(hovered).toContain("| `transactionOptions.maxWait` | 30 s | 2 s | ≤ 5 s |");
		expect(hovered).toContain("| `transactionOptions.timeout` | 5 s | 5 s | ≤ 20 s |");
	});
});

describe("a hover over a time-out", () => {
	const files = (options: string): Files => ({
		"package.json": prisma7("@prisma/adapter-pg"),
		"prisma/schema.prisma": SCHEMA,
		"src/db.ts": client("PrismaPg", "@prisma/adapter-pg", options),
	});

	it("says what it is for, in the units people read, with a label where it is long", async () => {
		const project = openProject(await writeTree(files("{ max: 2, maxLifetimeSeconds: 7200, connectionTimeoutMillis: 5_000 }")));
		await project.scan();
		const hints = project.hints("src/db.ts");
		const text = String(files("{ max: 2, maxLifetimeSeconds: 7200, connectionTimeoutMillis: 5_000 }")["src/db.ts"]);
		expect(hints.flatMap(({ label }) => label ?? [])).toEqual(["2 h · use ≤ 30 min", "pool 2"]);
		expect(at(hints, text, "7200")).toContain("| `maxLifetimeSeconds` | 2 h | for ever | ≤ 30 min |");
		expect(at(hints, text, "5_000")).toContain("**A query waits that long for a free connection: 5 s** (node-postgres).");
	});

	it("knows that 0 waits for ever", async () => {
		expect(await hover(files("{ connectionTimeoutMillis: 0 }"), "src/db.ts", "0 }")).toContain("| for ever | for ever | ≤ 8 s |");
	});

	it("follows the profile", async () => {
		const development = { ...DEFAULT_SETTINGS, profile: PROFILES.development };
		expect(await hover(files("{ idleTimeoutMillis: 60_000 }"), "src/db.ts", "60_000", development)).toContain("| development profile |");
	});

	it("of a transaction stands in the call too", async () => {
		const text = `import { prisma } from "./db.js";\nexport const book = () => prisma.$transaction(async (tx) => tx.room.findMany(), { maxWait: 60_000, timeout: 10_000 });\n`;
		const project = openProject(await writeTree({ ...files("{ max: 2 }"), "src/book.ts": text }));
		await project.scan();
		const hints = project.hints("src/book.ts");
		expect(hints.flatMap(({ label }) => label ?? [])).toEqual(["1 min · use ≤ 5 s"]);
		expect(at(hints, text, "10_000")).toContain("| `timeout` | 10 s | 5 s | ≤ 20 s |");
	});
});

describe("a hover over a URL in code", () => {
	const CODE = (body: string): Files => ({
		"package.json": PRISMA_6,
		"prisma/schema.prisma": SCHEMA_6,
		"src/db.ts": `import { PrismaClient } from "@prisma/client";\n${body}`,
	});

	it.each([
		[
			"a string",
			'export const prisma = new PrismaClient({ datasourceUrl: "postgres://hotel:s3cr3t@db.internal/x?connection_limit=20" });\n',
			"20",
		],
		[
			"a template",
			`export const prisma = new PrismaClient({ datasourceUrl: \`\${process.env.DATABASE_URL}?connection_limit=20\` });\n`,
			"20",
		],
		[
			"searchParams",
			'const url = new URL(process.env.DATABASE_URL ?? "");\nurl.searchParams.set("connection_limit", "20");\nexport const prisma = new PrismaClient({ datasourceUrl: url.toString() });\n',
			'"20"',
		],
	])("in %s shows the value in force, the default and the profile's", async (_what, body, word) => {
		const text = await hover(CODE(body), "src/db.ts", word);
		expect(text).toContain("| `connection_limit` | 20 | 2 × physical CPUs + 1 | ≤ 3 |");
		expect(text).toContain("up to 20 connections with its only client");
		expect(text).not.toMatch(/s3cr3t|hotel|db\.internal/);
	});
});

describe("a hover over the number of a home-made manager", () => {
	it("shows how many clients it lets live, and what they cost", async () => {
		const manager = `import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "../generated/prisma/client.js";\nexport class Clients {\n\tprivate open: PrismaClient[] = [];\n\tprivate maxClients = 16;\n\ttake() {\n\t\tif (this.open.length < this.maxClients) this.open.push(new PrismaClient({ adapter: new PrismaPg({}) }));\n\t\treturn this.open[0];\n\t}\n}\n`;
		const files = { "package.json": prisma7("@prisma/adapter-pg"), "prisma/schema.prisma": SCHEMA, "src/manager.ts": manager };
		const text = await hover(files, "src/manager.ts", "16");
		expect(text).toContain("15 × 3–4 MB = 45–60 MB (measured on Prisma 7");
		expect(text).toContain("prismaLeakLens.profile");
	});
});

describe("a hover outside of code", () => {
	const CLIENT_6 = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;
	const rust: Files = {
		"package.json": PRISMA_6,
		"prisma/schema.prisma": SCHEMA_6,
		".env": "DATABASE_URL=postgres://hotel:s3cr3t@db.internal/x?pool_timeout=60\n",
		"src/db.ts": CLIENT_6,
	};

	it("over a URL shows the pool that the Rust engine opens on it, defaults too", async () => {
		const text = await hover(rust, ".env", "DATABASE_URL");
		expect(text).toContain("| `connection_limit` | 2 × physical CPUs + 1 | 2 × physical CPUs + 1 | ≤ 3 |");
		expect(text).toContain("| `pool_timeout` | 1 min | 10 s | ≤ 8 s |");
		expect(text).not.toMatch(/s3cr3t|hotel|db\.internal/);
		expect(await hover(rust, ".env", "60")).toContain("| `pool_timeout` | 1 min | 10 s | ≤ 8 s |");
		expect(await hover(rust, "prisma/schema.prisma", 'env("DATABASE_URL")')).toContain("opens this database");
	});

	it("over a URL says where an adapter takes its size from", async () => {
		const files = {
			...rust,
			"package.json": prisma7("@prisma/adapter-pg"),
			"prisma/schema.prisma": SCHEMA,
			"src/db.ts": client("PrismaPg", "@prisma/adapter-pg", "{ connectionString: process.env.DATABASE_URL }"),
		};
		expect(await hover(files, ".env", "DATABASE_URL")).toContain(
			"from the adapter's options, not from the URL: 10 unless `max` says otherwise",
		);
		const ignored = await hover(files, ".env", "60");
		expect(ignored).toContain("**`pool_timeout` has no effect here**");
		expect(ignored).toContain("Its own is `connectionTimeoutMillis`.");
	});

	it("over prisma.config.ts says who opens it", async () => {
		const text =
			'import { defineConfig, env } from "prisma/config";\nexport default defineConfig({ datasource: { url: env("DATABASE_URL") } });\n';
		const files = { ...rust, "package.json": prisma7("@prisma/adapter-pg"), "prisma.config.ts": text };
		expect(await hover(files, "prisma.config.ts", 'env("DATABASE_URL")')).toContain("Prisma's command line opens this database");
	});

	it("over a template does not speak of what runs", async () => {
		const files = { ...rust, ".env.example": "DATABASE_URL=postgres://db/x?connection_limit=20\n" };
		expect(await hover(files, ".env.example", "DATABASE_URL")).toContain("A template");
	});
});
