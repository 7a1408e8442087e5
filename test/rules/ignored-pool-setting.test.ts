import { describe, expect, it } from "vitest";
import { findingsOf, found } from "./found.js";
import { type Files, PRISMA_6, PRISMA_7 } from "./support.js";

const RULE = "ignored-pool-setting";

const pg = (options: string, more: Files = {}): Files => ({
	"package.json": PRISMA_7,
	"src/db.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "./generated/prisma/client.js";\nexport const prisma = new PrismaClient({ adapter: new PrismaPg(${options}) });\n`,
	...more,
});

const driver = (adapter: string, options: string, more: Files = {}): Files => ({
	"package.json": `{"name":"app","type":"module","dependencies":{"@prisma/client":"7.0.0","@prisma/adapter-${adapter.toLowerCase()}":"7.0.0"}}`,
	"src/db.ts": `import { Prisma${adapter} } from "@prisma/adapter-${adapter.toLowerCase()}";\nexport const adapter = new Prisma${adapter}(${options});\n`,
	...more,
});

const removed = (options: string, manifest = PRISMA_7, file = "src/db.ts"): Files => ({
	"package.json": manifest,
	[file]: `import { PrismaClient } from "./generated/prisma/client.js";\nexport const prisma = new PrismaClient(${options});\n`,
});

describe("ignored-pool-setting warns of", () => {
	it("Prisma's URL parameters under node-postgres, at the value", async () => {
		const files = pg(`{ connectionString: \`\${process.env.DATABASE_URL}?connection_limit=5&pool_timeout=20\` }`);
		expect(await found(RULE, files)).toEqual(["warning src/db.ts 5", "warning src/db.ts 20"]);
		const findings = await findingsOf(RULE, files);
		expect(findings[0]?.message).toBe(
			"Node-postgres ignores connection_limit in a URL, so the pool keeps its default. Pass max to the adapter.",
		);
		expect(findings[0]?.fixes).toEqual(["move-pool-setting"]);
	});

	it("the same in an env file and in JavaScript", async () => {
		const files = pg("process.env.DATABASE_URL", { ".env": "DATABASE_URL=postgresql://db/app?connection_limit=5&max=7\n" });
		expect(await found(RULE, files)).toEqual(["warning .env 5", "warning .env 7"]);
		const js = {
			"package.json": PRISMA_7.replace('"type":"module",', ""),
			"src/db.js": `const { PrismaPg } = require("@prisma/adapter-pg");\nmodule.exports = new PrismaPg({ connectionString: process.env.DATABASE_URL + "?connection_limit=5" });\n`,
		};
		expect(await found(RULE, js)).toEqual(["warning src/db.js 5"]);
	});

	it("Prisma's spelling under the MariaDB connector, which has its own", async () => {
		const files = driver("MariaDb", "process.env.DATABASE_URL", {
			".env": "DATABASE_URL=mysql://db/app?connection_limit=5&connectionLimit=4\n",
		});
		expect(await found(RULE, files)).toEqual(["warning .env 5"]);
		expect((await findingsOf(RULE, files))[0]?.message).toContain("Use connectionLimit.");
	});

	it("another driver's options, at the key", async () => {
		expect(await found(RULE, pg("{ connectionLimit: 5, acquireTimeoutMillis: 8000 }"))).toEqual([
			"warning src/db.ts connectionLimit",
			"warning src/db.ts acquireTimeoutMillis",
		]);
		expect(await found(RULE, driver("MariaDb", '{ host: "db", max: 5 }'))).toEqual(["warning src/db.ts max"]);
		expect(await found(RULE, driver("Mssql", '{ server: "db", max: 5 }'))).toEqual(["warning src/db.ts max"]);
	});

	it("a URL parameter's name as an option, once: at the key", async () => {
		expect(await found(RULE, pg("{ connection_limit: 5, pool_timeout: 20 }"))).toEqual([
			"warning src/db.ts connection_limit",
			"warning src/db.ts pool_timeout",
		]);
		const constant = pg("{}", {
			"src/db.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { LIMIT } from "./limits.js";\nexport const adapter = new PrismaPg({ connection_limit: LIMIT });\n`,
			"src/limits.ts": "export const LIMIT = 5;\n",
		});
		expect(await found(RULE, constant)).toEqual(["warning src/db.ts connection_limit"]);
	});

	it("options in a constant of another file", async () => {
		const files = {
			...pg("{ max: 3 }"),
			"src/db.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { database } from "./config.js";\nexport const adapter = new PrismaPg(database);\n`,
			"src/config.ts": "export const database = { host: 'db', maxConnections: 5 };\n",
		};
		expect(await found(RULE, files)).toEqual(["warning src/config.ts maxConnections"]);
	});

	it("constructor options that Prisma 7 removed", async () => {
		expect(await found(RULE, removed("{ datasourceUrl: process.env.DATABASE_URL }"))).toEqual(["warning src/db.ts datasourceUrl"]);
		expect(await found(RULE, removed("{ datasources: { db: { url: process.env.DATABASE_URL } } }"))).toEqual([
			"warning src/db.ts datasources",
		]);
	});

	it("the same in super() of a service", async () => {
		const files = {
			"package.json": PRISMA_7,
			"src/prisma.service.ts": `import { Injectable } from "@nestjs/common";\nimport { PrismaClient } from "./generated/prisma/client.js";\n@Injectable()\nexport class PrismaService extends PrismaClient {\n\tconstructor() {\n\t\tsuper({ datasourceUrl: process.env.DATABASE_URL });\n\t}\n}\n`,
		};
		expect(await found(RULE, files)).toEqual(["warning src/prisma.service.ts datasourceUrl"]);
	});
});

describe("ignored-pool-setting only hints at", () => {
	it("templates of env files, and what the command line still reads", async () => {
		const files = pg("process.env.DATABASE_URL", {
			".env": "DATABASE_URL=postgresql://db/app?connect_timeout=10\n",
			".env.example": "DATABASE_URL=postgresql://db/app?connection_limit=5\n",
		});
		expect(await found(RULE, files)).toEqual(["hint .env 10", "hint .env.example 5"]);
	});

	it("a pool's configuration that reaches no pool", async () => {
		const files = {
			"src/db.ts": `import { PrismaClient } from "@prisma/client";\nimport { config } from "./config.js";\nexport const prisma = new PrismaClient({ log: config.log });\n`,
			"src/config.ts": "export const config = { log: ['warn'], pool: { min: 2, max: 20, idleTimeoutMillis: 30000 } };\n",
		};
		expect(await found(RULE, files)).toEqual(["hint src/config.ts pool"]);
		expect((await findingsOf(RULE, files))[0]?.message).toContain("(min, max, idleTimeoutMillis)");
	});
});

const beside = (url: string): Files => ({
	"src/db.ts": `import { PrismaClient } from "@prisma/client";\nfunction settings() {\n\treturn { connectionLimit: Number(process.env.LIMIT), poolTimeout: 20000 };\n}\nconst { poolTimeout, connectionLimit } = settings();\nconst url = ${url};\nexport const prisma = new PrismaClient({ datasourceUrl: url });\n`,
});

it("ignored-pool-setting hints at settings beside a client that never reach its URL", async () => {
	expect(await found(RULE, beside("process.env.DATABASE_URL"))).toEqual(["hint src/db.ts connectionLimit"]);
	expect(await found(RULE, beside(`\`\${process.env.DATABASE_URL}?connection_limit=\${connectionLimit}\``))).toEqual([]);
});

describe("ignored-pool-setting stays quiet about", () => {
	const config = "export const config = { pool: { max: Number(process.env.POOL_MAX), idleTimeoutMillis: Number(process.env.IDLE) } };\n";
	it.each([
		["parameters that Prisma's engine reads", { ".env": "DATABASE_URL=postgresql://db/app?connection_limit=5&pool_timeout=5\n" }],
		[
			"camel case in SQL Server's connection string",
			{
				".env": 'DATABASE_URL="sqlserver://db:1433;database=app;connectionLimit=5"\n',
				"prisma/schema.prisma": 'datasource db {\n  provider = "sqlserver"\n  url = env("DATABASE_URL")\n}\n',
			},
		],
		["parameters that node-postgres reads", pg('"postgresql://db/app?statement_timeout=5000"')],
		["options that the driver has", pg("{ max: 3, idleTimeoutMillis: 10000, connectionTimeoutMillis: 5000 }")],
		["a URL that only migrations use", pg("process.env.DATABASE_URL", { ".env": "DIRECT_URL=postgresql://db/app?connection_limit=1\n" })],
		["datasources before version 7", removed("{ datasourceUrl: process.env.DATABASE_URL }", PRISMA_6)],
		["scripts", removed("{ datasourceUrl: process.env.DATABASE_URL }", PRISMA_7, "scripts/copy.ts")],
		["tests", removed("{ datasourceUrl: process.env.DATABASE_URL }", PRISMA_7, "src/db.test.ts")],
		["an env file for tests", pg("process.env.DATABASE_URL", { ".env.test": "DATABASE_URL=postgresql://db/app?connection_limit=5\n" })],
		[
			"a configuration whose members the adapter is given",
			{
				...pg("{}"),
				"src/config.ts": config,
				"src/db.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { config } from "./config.js";\nexport const adapter = new PrismaPg({ max: config.pool.max, idleTimeoutMillis: config.pool.idleTimeoutMillis });\n`,
			},
		],
		[
			"a configuration that the adapter takes whole",
			{
				...pg("{}"),
				"src/config.ts": config,
				"src/db.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { config } from "./config.js";\nexport const adapter = new PrismaPg({ host: "db", ...config.pool });\n`,
			},
		],
		[
			"the pool of another library",
			{
				"package.json": '{"name":"app","type":"module","dependencies":{"@prisma/client":"6.12.0","knex":"3.0.0"}}',
				"src/db.ts": `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\nexport const knexfile = { pool: { min: 2, max: 20, idleTimeoutMillis: 30000 } };\n`,
			},
		],
		["packages without Prisma", { "package.json": '{"name":"web"}', ".env": "DATABASE_URL=postgresql://db/app?connection_limit=50\n" }],
	] as const)("%s", async (_title, files) => {
		expect(await found(RULE, files)).toEqual([]);
	});
});
