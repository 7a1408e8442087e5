import { describe, expect, it } from "vitest";
import { check, type Files, places } from "./support.js";

const RULE = "disconnect-per-request";
const DB = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;

const found = async (files: Files): Promise<readonly string[]> => places(await check({ "src/db.ts": DB, ...files }), RULE);

describe(`${RULE} finds`, () => {
	it("$disconnect on the shared client in a handler, and says so", async () => {
		const [finding, ...rest] = await check({
			"src/db.ts": DB,
			"src/rooms.ts": `import { prisma } from "./db.js";\nexport async function rooms(req, res) {\n  try {\n    res.json(await prisma.room.findMany());\n  } finally {\n    await prisma.$disconnect();\n  }\n}\n`,
		});
		expect(rest).toEqual([]);
		expect(finding).toMatchObject({
			rule: RULE,
			severity: "warning",
			file: "src/rooms.ts",
			line: 6,
			column: 18,
			endColumn: 29,
			fixes: ["drop-disconnect"],
		});
		expect(finding?.message).toBe(
			"$disconnect closes the shared client's pool on each run of a handler: requests still running lose their connections, and the next one connects anew. Leave the client open and let the process's shutdown close it.",
		);
	});

	it("a wrapper in another file, in a handler that does not speak of Prisma", async () => {
		const findings = await check({
			"src/db.ts": `${DB}export const closeDatabase = async () => {\n  await prisma.$disconnect();\n};\n`,
			"src/api.ts": `import { closeDatabase } from "./db.js";\nexport default async function api(req, res) {\n  res.end();\n  await closeDatabase();\n}\n`,
		});
		expect(findings).toMatchObject([{ rule: RULE, file: "src/api.ts", line: 4, related: [{ file: "src/db.ts", line: 4 }] }]);
	});

	const FORMS: Readonly<Record<string, Files>> = {
		"a promise's finally": {
			"src/rooms.ts": `import { prisma } from "./db.js";\nexport function rooms(req, res) {\n  prisma.room.findMany().then((all) => res.json(all)).finally(async () => { await prisma.$disconnect(); });\n}\n`,
		},
		"a Next route": {
			"app/api/rooms/route.ts": `import { prisma } from "../../../src/db";\nexport async function GET() {\n  const all = await prisma.room.findMany();\n  await prisma.$disconnect();\n  return Response.json(all);\n}\n`,
		},
		"a Lambda handler": {
			"src/list.ts": `import { prisma } from "./db.js";\nexport const handler = async () => {\n  try { return await prisma.room.findMany(); } finally { await prisma.$disconnect(); }\n};\n`,
		},
		"a service that works and then closes, at its $disconnect": {
			"src/service.ts": `import { prisma } from "./db.js";\nexport async function list() {\n  try { return await prisma.room.findMany(); } finally { await prisma.$disconnect(); }\n}\n`,
			"src/api.ts": `import { list } from "./service.js";\nexport async function one(req, res) { res.json(await list()); }\nexport async function two(req, res) { res.json(await list()); }\n`,
		},
		"a wrapper of a wrapper": {
			"src/close.ts": `import { prisma } from "./db.js";\nasync function close() { await prisma.$disconnect(); }\nexport async function done() { await close(); }\n`,
			"src/api.ts": `import { done } from "./close.js";\nexport async function api(req, res) {\n  await done();\n}\n`,
		},
		"a client that is made anew only where there is none": {
			"src/database.ts": `import { PrismaClient } from "@prisma/client";\nlet client: PrismaClient | undefined;\nfunction database(): PrismaClient {\n  const known = client;\n  if (!client) client = new PrismaClient();\n  if (!known) console.log("made");\n  return client;\n}\nexport async function rooms(req, res) {\n  res.json(await database().room.findMany());\n  await database().$disconnect();\n}\n`,
		},
		"a module that is the client, by require": {
			"package.json": `{"dependencies":{"@prisma/client":"6.12.0","express":"5.0.0"}}`,
			"src/client.js": `const { PrismaClient } = require("@prisma/client");\nmodule.exports = new PrismaClient();\n`,
			"src/rooms.js": `const prisma = require("./client");\nexports.list = async (req, res) => {\n  res.json(await prisma.room.findMany());\n  await prisma.$disconnect();\n};\n`,
		},
		"a module that exports a name of the client, by import-equals": {
			"package.json": `{"dependencies":{"@prisma/client":"6.12.0","express":"5.0.0"}}`,
			"src/client.ts": `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport = prisma;\n`,
			"src/rooms.ts": `import prisma = require("./client");\nexport const list = async (req, res) => {\n  res.json(await prisma.room.findMany());\n  await prisma.$disconnect();\n};\n`,
		},
		CommonJS: {
			"package.json": `{"dependencies":{"@prisma/client":"6.12.0","express":"5.0.0"}}`,
			"src/app.js": `const { PrismaClient } = require("@prisma/client");\nconst prisma = new PrismaClient();\nconst app = require("express")();\napp.get("/", async (req, res) => {\n  res.json(await prisma.room.findMany());\n  await prisma.$disconnect();\n});\n`,
		},
	};
	it.each(Object.entries(FORMS))("%s", async (_form, files) => {
		expect(await found(files)).toHaveLength(1);
	});
});

describe(`${RULE} leaves alone`, () => {
	const QUIET: Readonly<Record<string, string>> = {
		"a client of the handler's own": `import { PrismaClient } from "@prisma/client";\nexport async function rooms(req, res) {\n  const own = new PrismaClient();\n  try { res.json(await own.room.findMany()); } finally { await own.$disconnect(); }\n}\n`,
		"the old client, once a fresh one has its place": `import { PrismaClient } from "@prisma/client";\nclass Database {\n  client = new PrismaClient();\n  async rotate() {\n    const old = this.client;\n    this.client = new PrismaClient();\n    await old.$disconnect();\n  }\n}\nconst database = new Database();\nsetInterval(() => database.rotate(), 60_000);\n`,
		"a signal": `import { prisma } from "./db.js";\nprocess.on("SIGTERM", async () => { await prisma.$disconnect(); });\n`,
		"a server's close hook": `import { prisma } from "./db.js";\nexport async function plugin(fastify) {\n  fastify.addHook("onClose", async () => { await prisma.$disconnect(); });\n}\n`,
		"a server's close": `import { prisma } from "./db.js";\nexport function stop(server) { server.close(async () => { await prisma.$disconnect(); }); }\n`,
		"a Nest service": `import { PrismaClient } from "@prisma/client";\nimport { Injectable } from "@nestjs/common";\n@Injectable()\nexport class PrismaService extends PrismaClient {\n  async onModuleDestroy() { await this.$disconnect(); }\n}\n`,
		"main's end": `import { prisma } from "./db.js";\nasync function main() { await prisma.room.findMany(); }\nmain().finally(() => prisma.$disconnect());\n`,
		"a handler that ends the process": `import { prisma } from "./db.js";\nexport async function stop(req, res) {\n  await prisma.$disconnect();\n  process.exit(0);\n}\n`,
		"a command": `import { Command } from "commander";\nimport { prisma } from "./db.js";\nexport const command = { handler: async () => { await prisma.room.count(); await prisma.$disconnect(); } };\n`,
		"an unknown client": `export async function rooms(req, res, client) {\n  await client.$disconnect();\n}\n`,
	};
	it.each(Object.entries(QUIET))("%s", async (_form, body) => {
		expect(await found({ "src/other.ts": body })).toEqual([]);
	});

	it("a Worker", async () => {
		expect(
			await found({
				"package.json": `{"dependencies":{"@prisma/client":"6.12.0"},"devDependencies":{"wrangler":"4.0.0"}}`,
				"wrangler.toml": `name = "x"\n`,
				"src/index.ts": `import { prisma } from "./db.js";\nexport default { async fetch(request, env) {\n  await prisma.$disconnect();\n} };\n`,
			}),
		).toEqual([]);
	});
});

describe("disconnect-per-request on a cache of clients", () => {
	const CACHE = `import { PrismaClient } from "@prisma/client";\nconst clients = new Map<string, PrismaClient>();\nexport function tenantClient(id: string) {\n  if (!clients.has(id)) {\n    const client = new PrismaClient({ datasourceUrl: id });\n    clients.set(id, client);\n  }\n  return clients.get(id);\n}\nexport async function drop(id: string) {\n  const client = clients.get(id);\n  clients.delete(id);\n  await client?.$disconnect();\n}\n`;

	it("finds a cached client that a handler closes", async () => {
		expect(
			await found({
				"src/tenants.ts": CACHE,
				"src/rooms.ts": `import { tenantClient } from "./tenants.js";\nexport async function rooms(req, res) {\n  const db = tenantClient(req.tenant);\n  try {\n    res.json(await db.room.findMany());\n  } finally {\n    await db.$disconnect();\n  }\n}\n`,
			}),
		).toEqual(["src/rooms.ts:7"]);
	});

	it("stays quiet about one that is taken out of the cache", async () => {
		expect(
			await found({
				"src/tenants.ts": CACHE,
				"src/admin.ts": `import { drop } from "./tenants.js";\nexport async function remove(req, res) {\n  await drop(req.tenant);\n  res.end();\n}\n`,
			}),
		).toEqual([]);
	});
});
