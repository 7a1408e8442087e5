import { describe, expect, it } from "vitest";
import { check, type Files, PRISMA_7, places } from "./support.js";

const RULE = "missing-disconnect";
const IMPORT = `import { PrismaClient } from "@prisma/client";\n`;
const PG = `import { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "../src/generated/prisma/client.js";\n`;
const SCHEMA = `generator client {\n  provider = "prisma-client"\n  output = "../src/generated/prisma"\n}\ndatasource db {\n  provider = "postgresql"\n}\n`;

const found = async (files: Files): Promise<readonly string[]> => places(await check(files), RULE);

const service = (rest = ""): string =>
	`${IMPORT}export class Service {\n  private prisma;\n  constructor() {\n    this.prisma = new PrismaClient();\n  }\n  list() { return this.prisma.room.findMany(); }\n${rest}}\n`;
const HANDLER = `import { Service } from "./service.js";\nexport async function list(req, res) {\n  const service = new Service();\n  res.json(await service.list());\n}\n`;
const SHUTDOWN = `  async shutdown() {\n    await this.prisma.$disconnect();\n  }\n`;

describe(`${RULE} finds`, () => {
	it("a class that a handler builds and that cannot be closed, and says so", async () => {
		const findings = await check({ "src/service.ts": service(), "src/list.ts": HANDLER });
		const finding = findings.find(({ rule }) => rule === RULE);
		expect(finding).toMatchObject({ severity: "warning", file: "src/service.ts", line: 5, column: 19, endColumn: 35 });
		expect(finding?.message).toBe(
			"Each Service makes its own client and has no way to close it: its connections stay open when the instance is gone. Hand a shared client to the constructor, or close this one when the instance is done.",
		);
		expect(finding?.related).toMatchObject([{ file: "src/list.ts", line: 3 }]);
	});

	it("a factory's client that its caller closes only when all goes well", async () => {
		const tenant = `${IMPORT}export const tenant = (url: string) => new PrismaClient({ datasourceUrl: url });\n`;
		const list = (body: string): string =>
			`import { tenant } from "./tenant.js";\nexport async function list(req, res) {\n  const db = tenant(req.tenant);\n${body}}\n`;
		expect(
			await found({
				"src/tenant.ts": tenant,
				"src/list.ts": list("  res.json(await db.room.findMany());\n  await db.$disconnect();\n"),
				"src/sure.ts": list("  try { res.json(await db.room.findMany()); } finally { await db.$disconnect(); }\n"),
			}),
		).toEqual(["src/list.ts:5"]);
	});

	it("a shutdown that nobody calls", async () => {
		const findings = await check({ "src/service.ts": service(SHUTDOWN), "src/list.ts": HANDLER });
		const finding = findings.find(({ rule }) => rule === RULE);
		expect(finding).toMatchObject({ severity: "warning", line: 9, column: 23, endColumn: 34 });
		expect(finding?.message).toBe(
			"shutdown() closes the client that each Service makes, and nobody calls it. Share one client instead, or call shutdown() when the instance is done.",
		);
	});

	it("a class with a client beside the shared one", async () => {
		expect(
			await found({
				"src/db.ts": `${IMPORT}export const prisma = new PrismaClient();\n`,
				"src/service.ts": service(),
				"src/app.ts": `import express from "express";\nimport { prisma } from "./db.js";\nimport { Service } from "./service.js";\nconst service = new Service();\nconst app = express();\napp.get("/", async (req, res) => res.json([await prisma.room.count(), await service.list()]));\napp.listen(3000);\n`,
			}),
		).toEqual(["src/service.ts:5"]);
	});

	it("$disconnect outside finally", async () => {
		const findings = await check({
			"src/copy.ts": `${IMPORT}export async function copy(url: string) {\n  const prisma = new PrismaClient({ datasourceUrl: url });\n  const rooms = await prisma.room.findMany();\n  await prisma.$disconnect();\n  return rooms;\n}\n`,
		});
		const finding = findings.find(({ rule }) => rule === RULE);
		expect(finding).toMatchObject({ severity: "warning", line: 5, column: 16, fixes: ["add-disconnect-finally"] });
		expect(finding?.message).toBe(
			"A query that fails skips this $disconnect and leaves the client with its connections open. Put it into finally.",
		);
	});

	it("$disconnect at the end of try, in CommonJS", async () => {
		expect(
			await found({
				"package.json": `{"dependencies":{"@prisma/client":"6.12.0","express":"5.0.0"}}`,
				"src/copy.js": `const { PrismaClient } = require("@prisma/client");\nexports.copy = async (req, res) => {\n  const prisma = new PrismaClient();\n  try {\n    res.json(await prisma.room.findMany());\n    await prisma.$disconnect();\n  } catch (error) {\n    res.status(500).end();\n  }\n};\n`,
			}),
		).toEqual(["src/copy.js:6"]);
	});

	it("a Worker's client with a driver that keeps sockets", async () => {
		expect(
			await found({
				"package.json": `{"dependencies":{"@prisma/client":"6.17.0","@prisma/adapter-pg":"6.17.0"},"devDependencies":{"wrangler":"4.0.0"}}`,
				"wrangler.toml": `name = "x"\n`,
				"src/index.ts": `${IMPORT}import { PrismaPg } from "@prisma/adapter-pg";\nexport default { async fetch(request, env) {\n  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: env.URL }) });\n  return Response.json(await prisma.room.findMany());\n} };\n`,
			}),
		).toEqual(["src/index.ts:4"]);
	});

	const SCRIPT = `${PG}const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });\nasync function main() { await prisma.room.deleteMany(); }\nmain();\n`;
	it.each([
		["scripts/reset.ts", "This script"],
		["prisma/seed.ts", "This seed"],
		["test/rooms.test.ts", "This test file"],
	])("%s that hangs, as an info", async (path, subject) => {
		const findings = await check({ "package.json": PRISMA_7, "prisma/schema.prisma": SCHEMA, [path]: SCRIPT });
		expect(findings).toMatchObject([{ rule: RULE, severity: "info", file: path, line: 3 }]);
		expect(findings[0]?.message.startsWith(subject)).toBe(true);
	});
});

describe(`${RULE} leaves alone`, () => {
	const QUIET: Readonly<Record<string, Files>> = {
		"a long-running app": {
			"src/app.ts": `${IMPORT}import express from "express";\nconst prisma = new PrismaClient();\nconst app = express();\napp.get("/", async (req, res) => res.json(await prisma.room.findMany()));\napp.listen(3000);\n`,
		},
		"a class whose shutdown is called": {
			"src/service.ts": service(SHUTDOWN),
			"src/list.ts": `import { Service } from "./service.js";\nexport async function list(req, res) {\n  const service = new Service();\n  try { res.json(await service.list()); } finally { await service.shutdown(); }\n}\n`,
		},
		"a class built once": {
			"src/service.ts": service(),
			"src/list.ts": `import { Service } from "./service.js";\nexport const service = new Service();\n`,
		},
		"a program that ends when it fails": {
			"src/index.ts": `${IMPORT}async function main() {\n  const prisma = new PrismaClient();\n  await prisma.room.findMany();\n  await prisma.$disconnect();\n}\nmain();\n`,
		},
		finally: {
			"src/copy.ts": `${IMPORT}export async function copy(url: string) {\n  const prisma = new PrismaClient({ datasourceUrl: url });\n  try { return await prisma.room.findMany(); } finally { await prisma.$disconnect(); }\n}\n`,
		},
		"a promise's finally": {
			"src/copy.ts": `${IMPORT}export function copy(url: string) {\n  const prisma = new PrismaClient({ datasourceUrl: url });\n  return prisma.room.findMany().finally(() => prisma.$disconnect());\n}\n`,
		},
		"both ends of a try": {
			"src/copy.ts": `${IMPORT}export async function copy(url: string) {\n  const prisma = new PrismaClient({ datasourceUrl: url });\n  try {\n    await prisma.room.findMany();\n    await prisma.$disconnect();\n  } catch (error) {\n    await prisma.$disconnect();\n    throw error;\n  }\n}\n`,
		},
		"a Nest service": {
			"src/prisma.service.ts": `${IMPORT}import { Injectable } from "@nestjs/common";\n@Injectable()\nexport class PrismaService extends PrismaClient {\n  async onModuleInit() { await this.$connect(); }\n}\n`,
		},
		"a pool of clients that closes its members": {
			"src/db.ts": `${IMPORT}export const prisma = new PrismaClient();\n`,
			"src/pool.ts": `${IMPORT}export class ClientPool {\n  private clients: PrismaClient[] = [];\n  grow() { this.clients.push(new PrismaClient()); }\n  async stop() { await Promise.all(this.clients.map((client) => client.$disconnect())); }\n}\n`,
			"src/app.ts": `import { prisma } from "./db.js";\nimport { ClientPool } from "./pool.js";\nconst pool = new ClientPool();\npool.grow();\nprocess.on("SIGTERM", () => pool.stop());\nexport { prisma };\n`,
		},
		"a script of the Rust engine, which ends": {
			"scripts/reset.ts": `${IMPORT}const prisma = new PrismaClient();\nawait prisma.room.deleteMany();\n`,
		},
		"a script that exits": {
			"package.json": PRISMA_7,
			"prisma/schema.prisma": SCHEMA,
			"scripts/reset.ts": `${PG}const prisma = new PrismaClient({ adapter: new PrismaPg({}) });\nawait prisma.room.deleteMany();\nprocess.exit(0);\n`,
		},
		"a script that disconnects": {
			"package.json": PRISMA_7,
			"prisma/schema.prisma": SCHEMA,
			"scripts/reset.ts": `${PG}const prisma = new PrismaClient({ adapter: new PrismaPg({}) });\nprisma.room.deleteMany().finally(() => prisma.$disconnect());\n`,
		},
		"a test helper that others close": {
			"package.json": PRISMA_7,
			"prisma/schema.prisma": SCHEMA,
			"test/db.ts": `${PG}export const prisma = new PrismaClient({ adapter: new PrismaPg({}) });\n`,
		},
	};
	it.each(Object.entries(QUIET))("%s", async (_form, files) => {
		expect(await found(files)).toEqual([]);
	});
});
