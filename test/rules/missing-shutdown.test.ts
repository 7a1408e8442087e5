import { describe, expect, it } from "vitest";
import { check, type Files, PRISMA_7, places } from "./support.js";

const RULE = "missing-shutdown";
const SCHEMA = `generator client {\n  provider = "prisma-client"\n  output = "../src/generated/prisma"\n}\ndatasource db {\n  provider = "postgresql"\n}\n`;
const POOL = `import { Pool } from "pg";\nimport { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "./generated/prisma/client.js";\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL });\n`;
const DB = `${POOL}export const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });\n`;
const MANAGER = `import { PrismaClient } from "@prisma/client";\nclass Manager {\n  private static one: Manager | undefined;\n  readonly client = new PrismaClient();\n  static getInstance() { return (Manager.one ??= new Manager()); }\n  async close() {\n    await this.client.$disconnect();\n  }\n}\nexport const manager = Manager.getInstance();\n`;

const found = async (files: Files): Promise<readonly string[]> => places(await check(files), RULE);
const onPrisma7 = (files: Files): Files => ({ "package.json": PRISMA_7, "prisma/schema.prisma": SCHEMA, ...files });

describe(`${RULE} finds`, () => {
	it("a pool handed to an adapter that nothing ends, and says so", async () => {
		const findings = await check(onPrisma7({ "src/db.ts": DB }));
		const finding = findings.find(({ rule }) => rule === RULE);
		expect(finding).toMatchObject({
			severity: "info",
			file: "src/db.ts",
			line: 4,
			column: 21,
			endColumn: 29,
			fixes: ["close-on-shutdown"],
		});
		expect(finding?.message).toBe(
			"The adapter is handed this pool, so the pool is the server's to end, and nothing ends it. Call pool.end() on SIGTERM after the server has closed.",
		);
	});

	it("a pool from another file", async () => {
		expect(
			await found(
				onPrisma7({
					"src/pool.ts": `import { Pool } from "pg";\nexport const pool = new Pool({});\n`,
					"src/db.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "./generated/prisma/client.js";\nimport { pool } from "./pool.js";\nexport const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });\n`,
				}),
			),
		).toEqual(["src/pool.ts:2"]);
	});

	it("a manager whose cleanup nobody calls", async () => {
		const findings = await check({ "src/manager.ts": MANAGER });
		expect(findings).toMatchObject([{ rule: RULE, severity: "info", line: 7, fixes: ["close-on-shutdown"] }]);
	});
});

const CLIENT = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;
const SWEEP = `import { prisma } from "./db.js";\nconst sweep = () => prisma.session.deleteMany();\nconst timer = setInterval(sweep, 60_000);\n`;
const ON_SIGTERM = (work: string) =>
	`import "./jobs.js";\nimport { prisma } from "./db.js";\nprocess.on("SIGTERM", async () => { ${work} });\n`;

it(`${RULE} finds an interval that queries on after SIGTERM closed its client, and says where that is`, async () => {
	const findings = await check({ "src/db.ts": CLIENT, "src/jobs.ts": SWEEP, "src/server.ts": ON_SIGTERM("await prisma.$disconnect();") });
	expect(findings).toMatchObject([
		{
			rule: RULE,
			severity: "info",
			file: "src/jobs.ts",
			line: 3,
			column: 15,
			message:
				"On a signal the client is closed, and this interval goes on querying: the client connects anew, and the process stays until it is killed. Clear the interval before the client is closed.",
			related: [{ file: "src/server.ts", line: 3 }],
		},
	]);
});

describe(`${RULE} leaves alone`, () => {
	const QUIET: Readonly<Record<string, Files>> = {
		"a pool that is ended": onPrisma7({
			"src/db.ts": DB,
			"src/app.ts": `import { pool } from "./db.js";\nimport type { PrismaClient } from "./generated/prisma/client.js";\nprocess.on("SIGTERM", () => pool.end());\n`,
		}),
		"a pool that is ended in a file that does not speak of Prisma": onPrisma7({
			"src/db.ts": DB,
			"src/app.ts": `import { pool } from "./db.js";\nprocess.on("SIGTERM", () => pool.end());\n`,
		}),
		"a server that disconnects": onPrisma7({
			"src/db.ts": `${DB}process.on("SIGTERM", () => prisma.$disconnect());\n`,
		}),
		"a pool the adapter disposes of": onPrisma7({
			"src/db.ts": `${POOL}export const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });\n`,
		}),
		"an adapter with a pool of its own": onPrisma7({
			"src/db.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "./generated/prisma/client.js";\nexport const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });\n`,
		}),
		"a pool of plain SQL": onPrisma7({ "src/db.ts": `import { Pool } from "pg";\nexport const pool = new Pool({});\n` }),
		"a package that a host starts and stops": {
			"package.json": `{"dependencies":{"@prisma/client":"7.10.0","@prisma/adapter-pg":"7.10.0","next":"16.0.0"}}`,
			"prisma/schema.prisma": SCHEMA,
			"src/db.ts": DB,
		},
		"a manager that is closed in a file that does not speak of Prisma": {
			"src/manager.ts": MANAGER,
			"src/app.ts": `import { manager } from "./manager.js";\nprocess.on("SIGTERM", () => manager.close());\n`,
		},
		"an interval without a shutdown path: the signal ends the process": { "src/db.ts": CLIENT, "src/jobs.ts": SWEEP },
		"an interval whose process exits on the signal": {
			"src/db.ts": CLIENT,
			"src/jobs.ts": SWEEP,
			"src/server.ts": ON_SIGTERM("await prisma.$disconnect(); process.exit(0);"),
		},
		"an interval that is cleared on the way down": {
			"src/db.ts": CLIENT,
			"src/jobs.ts": `${SWEEP}export const stop = () => clearInterval(timer);\n`,
			"src/server.ts": `import { stop } from "./jobs.js";\n${ON_SIGTERM("stop(); await prisma.$disconnect();")}`,
		},
		"an interval that keeps no process alive": {
			"src/db.ts": CLIENT,
			"src/jobs.ts": `${SWEEP}timer.unref();\n`,
			"src/server.ts": ON_SIGTERM("await prisma.$disconnect();"),
		},
		"a client without a cleanup": {
			"src/db.ts": `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`,
		},
	};
	it.each(Object.entries(QUIET))("%s", async (_form, files) => {
		expect(await found(files)).toEqual([]);
	});
});
