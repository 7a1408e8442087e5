import { describe, expect, it } from "vitest";
import { findingsOf, found } from "./found.js";
import { type Files, PRISMA_7 } from "./support.js";

const RULE = "pool-timeouts";
/** Ends the wait for a connection, so that only what a test is about is found. */
const BOUNDED = "connectionTimeoutMillis: 5_000";

const pg = (options: string, head = "", file = "src/db.ts"): Files => ({
	"package.json": PRISMA_7,
	[file]: `import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "./generated/prisma/client.js";\n${head}\nexport const prisma = new PrismaClient({ adapter: new PrismaPg(${options}) });\n`,
});

const driver = (adapter: string, options: string): Files => ({
	"package.json": `{"name":"app","type":"module","dependencies":{"@prisma/client":"7.0.0","@prisma/adapter-${adapter.toLowerCase()}":"7.0.0"}}`,
	"src/db.ts": `import { Prisma${adapter} } from "@prisma/adapter-${adapter.toLowerCase()}";\nexport const adapter = new Prisma${adapter}({ ${options} });\n`,
});

const rust = (url: string): Files => ({
	"src/db.ts": `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient({ datasourceUrl: ${url} });\n`,
});

describe("pool-timeouts warns of", () => {
	const FORMS: Readonly<Record<string, [options: string, head: string, text: string]>> = {
		"a long wait for a connection": ["{ connectionTimeoutMillis: 60_000 }", "", "60_000"],
		"connections kept idle for minutes": [`{ ${BOUNDED}, idleTimeoutMillis: 5 * 60 * 1000 }`, "", "5 * 60 * 1000"],
		"a unit in words": [`{ ${BOUNDED}, idleTimeoutMillis: ms("10 minutes") }`, 'import ms from "ms";', 'ms("10 minutes")'],
		"one of a unit in words": ["{ connectionTimeoutMillis: ms('1 minute') }", 'import ms from "ms";', "ms('1 minute')"],
		"a constant's value": [`{ ${BOUNDED}, idleTimeoutMillis: IDLE }`, "const IDLE = 600_000;", "600_000"],
		"a configuration function's value": ["config()", `const config = () => ({ ${BOUNDED}, query_timeout: 120000 });`, "120000"],
		"a lifetime over half an hour": [`{ ${BOUNDED}, maxLifetimeSeconds: 7200 }`, "", "7200"],
		"the options of a Pool given to the adapter": [
			"pool",
			`import { Pool } from "pg";\nconst pool = new Pool({ ${BOUNDED}, statement_timeout: 300_000 });`,
			"300_000",
		],
	};
	it.each(Object.entries(FORMS))("%s", async (_form, [options, head, text]) => {
		expect(await found(RULE, pg(options, head))).toEqual([`warning src/db.ts ${text}`]);
	});

	it("the same in JavaScript", async () => {
		const files = {
			"package.json": PRISMA_7.replace('"type":"module",', ""),
			"src/db.js": `const { PrismaPg } = require("@prisma/adapter-pg");\nmodule.exports = new PrismaPg({ ${BOUNDED}, idleTimeoutMillis: 600000 });\n`,
		};
		expect(await found(RULE, files)).toEqual(["warning src/db.js 600000"]);
	});

	it("milliseconds given to an option that counts seconds", async () => {
		const files = driver("MariaDb", 'host: "db", idleTimeout: 30000');
		const [finding] = await findingsOf(RULE, files);
		expect(await found(RULE, files)).toEqual(["warning src/db.ts 30000"]);
		expect(finding?.message).toContain("idleTimeout counts seconds for the MariaDB connector: 30000 is 8.3 h, not 30 s.");
		expect(finding?.fixes).toEqual(["set-pool-timeouts"]);
	});

	it("the pool options of SQL Server's driver", async () => {
		const pool = "acquireTimeoutMillis: 90000, destroyTimeoutMillis: 20000, reapIntervalMillis: 30000, idleTimeoutMillis: 120000";
		expect(await found(RULE, driver("Mssql", `server: "db", requestTimeout: 60000, pool: { ${pool} }`))).toEqual([
			"warning src/db.ts 60000",
			"warning src/db.ts 90000",
			"warning src/db.ts 20000",
			"warning src/db.ts 30000",
			"warning src/db.ts 120000",
		]);
	});

	it("URL parameters of Prisma's engine, in code, env files and the schema", async () => {
		expect(await found(RULE, rust('"postgresql://db/app?pool_timeout=60"'))).toEqual(["warning src/db.ts 60"]);
		expect(await found(RULE, rust(`\`\${process.env.DATABASE_URL}?pool_timeout=\${45}\``))).toEqual(["warning src/db.ts 45"]);
		const searched = `${rust("url.href")["src/db.ts"]}const url = new URL(process.env.DATABASE_URL);\nurl.searchParams.set("connect_timeout", "90");\n`;
		expect(await found(RULE, { "src/db.ts": searched })).toEqual(['warning src/db.ts "90"']);
		const files = {
			".env": "DATABASE_URL=postgresql://db/app?pool_timeout=40&connect_timeout=10\n",
			"prisma/schema.prisma": 'datasource db {\n  provider = "mysql"\n  url = "mysql://db/app?connect_timeout=300"\n}\n',
		};
		expect(await found(RULE, files)).toEqual(["warning .env 40", "hint .env 10", "warning prisma/schema.prisma 300"]);
	});

	it("a home-made manager that keeps its clients for an hour", async () => {
		const files = {
			"src/manager.ts": `import { PrismaClient } from "@prisma/client";
export class ClientPool {
	private clients: PrismaClient[] = [];
	private settings = { maxClients: 2, clientTtl: 3600000, idleTimeoutSeconds: 20 };
	take() {
		if (this.clients.length < this.settings.maxClients) this.clients.push(new PrismaClient());
		return this.clients[0];
	}
}
`,
		};
		expect(await found(RULE, files)).toEqual(["warning src/manager.ts 3600000"]);
		expect((await findingsOf(RULE, files))[0]?.message).toContain("clientTtl is 1 h");
	});
});

describe("pool-timeouts informs of a wait that nothing ends", () => {
	it("at the adapter that has no connectionTimeoutMillis", async () => {
		const files = pg("{ connectionString: process.env.DATABASE_URL }");
		expect(await found(RULE, files)).toEqual(["info src/db.ts new PrismaPg"]);
		expect((await findingsOf(RULE, files))[0]?.message).toContain("Set it to 8000 ms or less.");
	});

	it("at the Pool it is given", async () => {
		expect(await found(RULE, pg("pool", 'import pg from "pg";\nconst pool = new pg.Pool({ max: 3 });'))).toEqual([
			"info src/db.ts new pg.Pool",
		]);
	});

	it("at a 0 that is written down", async () => {
		expect(await found(RULE, pg("{ connectionTimeoutMillis: 0 }"))).toEqual(["info src/db.ts 0"]);
		expect(await found(RULE, rust('"postgresql://db/app?pool_timeout=0"'))).toEqual(["info src/db.ts 0"]);
	});
});

describe("pool-timeouts only hints at", () => {
	it("a default that a configuration read at run time may replace", async () => {
		const head = 'import { parse } from "dsn-parser";\nconst { idle } = parse(process.env.DATABASE_URL);';
		expect(await found(RULE, pg(`{ ${BOUNDED}, idleTimeoutMillis: idle ?? 600_000 }`, head))).toEqual(["hint src/db.ts 600_000"]);
	});

	it("values a little over the profile's", async () => {
		expect(await found(RULE, pg("{ connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000 }"))).toEqual([
			"hint src/db.ts 10_000",
			"hint src/db.ts 60_000",
		]);
	});

	it("what the environment may replace, and templates", async () => {
		expect(await found(RULE, pg("{ connectionTimeoutMillis: Number(process.env.WAIT ?? 60000) }"))).toEqual(["hint src/db.ts 60000"]);
		expect(await found(RULE, { ".env.example": "DATABASE_URL=postgresql://db/app?connect_timeout=300\n" })).toEqual([
			"hint .env.example 300",
		]);
	});
});

describe("pool-timeouts stays quiet about", () => {
	it.each([
		["the profile's values", pg("{ connectionTimeoutMillis: 8_000, idleTimeoutMillis: 30_000, maxLifetimeSeconds: 1800 }")],
		["the driver's own value, written down", driver("MariaDb", 'host: "db", idleTimeout: 1800, acquireTimeout: 10000')],
		["drivers whose wait ends by itself", driver("MariaDb", 'host: "db"')],
		["options that cannot be followed", pg("options", 'import { options } from "@acme/config";')],
		["options with an unknown part", pg("{ ...load(), max: 3 }", 'import { load } from "@acme/config";')],
		["a lifetime that is not limited", pg(`{ ${BOUNDED}, maxLifetimeSeconds: 0 }`)],
		["tests", pg("{ connectionTimeoutMillis: 60_000 }", "", "test/db.ts")],
		["seeds", pg("{ max: 2 }", "", "prisma/seed.ts")],
		["a parameter that the driver ignores", pg(`{ ${BOUNDED}, connectionString: "postgresql://db/app?pool_timeout=60" }`)],
		[
			"pools that Prisma does not use",
			{
				"package.json": PRISMA_7,
				"src/sql.ts": `import { Pool } from "pg";\nimport { drizzle } from "drizzle-orm/node-postgres";\nexport const db = drizzle(new Pool({ idleTimeoutMillis: 900_000 }));\n`,
			},
		],
		[
			"time-outs of a class that keeps no clients",
			{
				"src/cache.ts": `import { prisma } from "./prisma.js";\nexport class Cache {\n\tconnectionTtl = 7_200_000;\n\tread = () => prisma.$disconnect();\n}\n`,
			},
		],
	] as const)("%s", async (_title, files) => {
		expect(await found(RULE, files)).toEqual([]);
	});
});
