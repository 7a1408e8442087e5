import { describe, expect, it } from "vitest";
import { check, type Files, places } from "./support.js";

const IMPORT = `import { PrismaClient } from "@prisma/client";\n`;
const DB = `${IMPORT}export const prisma = new PrismaClient();\n`;

const found = async (files: Files): Promise<readonly string[]> => places(await check(files), "client-per-call");

describe("client-per-call finds", () => {
	it("a client made in a handler, and says where the shared one is", async () => {
		const [finding, ...rest] = await check({
			"src/lib/db.ts": DB,
			"src/server.ts": `import express from "express";\nimport "./lib/db.js";\n${IMPORT}const app = express();\napp.get("/rooms", async (req, res) => {\n  const prisma = new PrismaClient();\n  res.json(await prisma.room.findMany());\n});\napp.listen(3000);\n`,
		});
		expect(rest).toEqual([]);
		expect(finding).toMatchObject({
			rule: "client-per-call",
			severity: "error",
			file: "src/server.ts",
			line: 6,
			column: 18,
			endLine: 6,
			endColumn: 34,
		});
		expect(finding?.message).toBe(
			"This handler makes a PrismaClient per request. Each opens its own pool (2 × physical CPUs + 1 connections). Use the one from src/lib/db.ts.",
		);
	});

	it("a client handed to a helper's constructor inside a handler", async () => {
		expect(
			await found({
				"src/routes.ts": `${IMPORT}import { Router } from "express";\nclass QueryOptimizer { constructor(private db: PrismaClient) {} }\nconst router = Router();\nrouter.get("/", async (req, res) => {\n  const optimizer = new QueryOptimizer(new PrismaClient());\n  res.json(optimizer);\n});\nexport default router;\n`,
			}),
		).toEqual(["src/routes.ts:6"]);
	});

	it("the class from a dynamic import inside a handler", async () => {
		expect(
			await found({
				"prisma/schema.prisma": `generator client {\n  provider = "prisma-client"\n  output = "../src/generated/prisma"\n}\n`,
				"src/routes/debug.ts": `import { Router } from "express";\nconst router = Router();\nrouter.post("/", async (req, res) => {\n  const { PrismaClient } = await import("../generated/prisma/client.js");\n  const db = new PrismaClient();\n  res.json(await db.room.count());\n});\nexport default router;\n`,
			}),
		).toEqual(["src/routes/debug.ts:5"]);
	});

	const REPEATED: Readonly<Record<string, string>> = {
		"a loop": `export const clients = [];\nfor (let i = 0; i < 5; i++) clients.push(new PrismaClient());`,
		"a map over elements": `export const clients = ["a", "b"].map(() => new PrismaClient());`,
		"a service method": `export class Stats { async count() { const db = new PrismaClient(); return db.room.count(); } }`,
		"a pool: an array whose elements are PrismaClients": `export const pool = Array.from({ length: 5 }, () => new PrismaClient());`,
		"a pool: a class that fills its array of PrismaClients": `class Pool {\n  private clients: PrismaClient[] = [];\n  constructor(size = 5) {\n    for (let i = 0; i < size; i++) this.clients.push(new PrismaClient());\n  }\n  take() { return this.clients[0]; }\n}\nexport const pool = new Pool();`,
		"a pool that getInstance keeps": `export class Pool {\n  private static one: Pool | undefined;\n  private clients: PrismaClient[] = [];\n  constructor() {\n    for (const _ of [1, 2, 3]) this.clients.push(new PrismaClient());\n  }\n  static getInstance() { return (Pool.one ??= new Pool()); }\n}\nexport const pool = Pool.getInstance();`,
		"a route of a router by another name": `import { Router } from "express";\nconst r = Router();\nr.get("/", async (a, b) => { const db = new PrismaClient(); b.json(await db.room.findMany()); });\nexport default r;`,
	};
	it.each(Object.entries(REPEATED))("a client made in %s", async (_form, body) => {
		expect(await found({ "src/clients.ts": `${IMPORT}${body}\n` })).toHaveLength(1);
	});

	const OVERWRITTEN: Readonly<Record<string, [body: string, line: number]>> = {
		"a variable": [
			`let client: PrismaClient | undefined;\nexport const db = () => (client ??= new PrismaClient());\nexport function reset() {\n  client = new PrismaClient();\n}`,
			5,
		],
		"a static field": [
			`export class Db {\n  private static client: PrismaClient | undefined;\n  static get() {\n    if (!Db.client) Db.client = new PrismaClient();\n    return Db.client;\n  }\n  static reconnect() {\n    Db.client = new PrismaClient();\n  }\n}`,
			9,
		],
		"a field of a class built once": [
			`class Db {\n  private client: PrismaClient | null = null;\n  get() {\n    if (this.client === null) this.client = new PrismaClient();\n    return this.client;\n  }\n  restart() {\n    this.client = new PrismaClient();\n  }\n}\nexport const db = new Db();`,
			9,
		],
	};
	it.each(Object.entries(OVERWRITTEN))(
		"a lazy singleton that a second method overwrites with a fresh client, in %s",
		async (_form, [body, line]) => {
			const findings = await check({ "src/db.ts": `${IMPORT}${body}\n` });
			expect(findings).toMatchObject([{ rule: "client-per-call", severity: "error", line }]);
			expect(findings[0]?.message).toMatch(/^On every call this PrismaClient takes the place of the one kept there, which stays open/);
		},
	);

	it("a handler that builds a controller whose services build clients, across files, with the path", async () => {
		const findings = await check({
			"src/services/billing.ts": `${IMPORT}export class BillingService {\n  private prisma: PrismaClient;\n  constructor() {\n    this.prisma = new PrismaClient();\n  }\n}\n`,
			"src/services/usage.ts": `${IMPORT}export class UsageService {\n  private readonly prisma = new PrismaClient();\n}\n`,
			"src/controllers/tenant.ts": `import { BillingService } from "../services/billing.js";\nimport { UsageService as Usage } from "../services/usage.js";\nexport class TenantController {\n  private billing = new BillingService();\n  private usage: Usage;\n  constructor() {\n    this.usage = new Usage();\n  }\n}\n`,
			"src/routes/tenants.ts": `import { Router } from "express";\nimport { TenantController } from "../controllers/tenant.js";\nconst router = Router();\nrouter.get("/", async (req, res) => {\n  const controller = new TenantController();\n  res.json(controller);\n});\nexport default router;\n`,
		});
		expect(places(findings, "client-per-call")).toEqual([
			"src/routes/tenants.ts:5",
			"src/services/billing.ts:5",
			"src/services/usage.ts:3",
		]);
		const handler = findings.find((finding) => finding.file === "src/routes/tenants.ts");
		expect(handler?.message).toMatch(/^TenantController is built per request/);
		expect(handler?.related.map(({ file, line }) => `${file}:${line}`)).toEqual([
			"src/controllers/tenant.ts:4",
			"src/services/billing.ts:5",
		]);
	});

	it("a per-tenant factory without a cache, called per request from another file", async () => {
		expect(
			await found({
				"src/lib/tenant.js": `const { PrismaClient } = require("@prisma/client");\nfunction tenantClient(url) {\n  return new PrismaClient({ datasources: { db: { url } } });\n}\nmodule.exports = { tenantClient };\n`,
				"src/controllers/query.js": `const { tenantClient } = require("../lib/tenant");\nexports.run = async (req, res) => {\n  const db = tenantClient(req.tenant.url);\n  res.json(await db.$queryRaw\`select 1\`);\n};\n`,
				"package.json": `{"dependencies":{"@prisma/client":"5.0.0","express":"4.0.0"}}`,
			}),
		).toEqual(["src/controllers/query.js:3", "src/lib/tenant.js:3"]);
	});

	it("a cache that nobody fills", async () => {
		expect(
			await found({
				"src/tenant.ts": `${IMPORT}const clients = new Map<string, PrismaClient>();\nexport function tenantClient(id: string) {\n  let client = clients.get(id);\n  if (!client) client = new PrismaClient({ datasourceUrl: id });\n  return client;\n}\n`,
				"src/list.ts": `import { tenantClient } from "./tenant.js";\nexport const handler = async (event) => tenantClient(event.tenant).room.findMany();\n`,
			}),
		).toEqual(["src/list.ts:2", "src/tenant.ts:5"]);
	});
});

describe("client-per-call on services of a container", () => {
	const service = (decorator: string): Files => ({
		"src/prisma.service.ts": `${IMPORT}import { Injectable, Scope } from "@nestjs/common";\n${decorator}\nexport class PrismaService extends PrismaClient {}\n`,
	});

	it.each(["REQUEST", "TRANSIENT"])("finds a client that the container builds anew: %s", async (scope) =>
		expect(await found(service(`@Injectable({ scope: Scope.${scope} })`))).toEqual(["src/prisma.service.ts:4"]),
	);

	it.each(["@Injectable()", "@Injectable({ scope: Scope.DEFAULT })", "@Injectable({ scope: Scope.REQUEST, durable: true })"])(
		"stays quiet about one that it builds once: %s",
		async (decorator) => expect(await found(service(decorator))).toEqual([]),
	);
});

describe("client-per-call stays quiet about", () => {
	const KEPT: Readonly<Record<string, string>> = {
		"a lazy module variable": `let client: PrismaClient | undefined;\nexport function db() {\n  if (!client) client = new PrismaClient();\n  return client;\n}`,
		"an early return": `let client: PrismaClient | null = null;\nexport const db = () => {\n  if (client) return client;\n  client = new PrismaClient();\n  return client;\n};`,
		"a nullish assignment": `let client: PrismaClient;\nexport const db = () => (client ??= new PrismaClient());`,
		getInstance: `export class Db {\n  private static instance: PrismaClient;\n  static getInstance() {\n    if (!Db.instance) Db.instance = new PrismaClient();\n    return Db.instance;\n  }\n}`,
		"getInstance of a manager": `export class Db {\n  private static instance: Db;\n  readonly client = new PrismaClient();\n  static getInstance() {\n    if (!this.instance) this.instance = new Db();\n    return this.instance;\n  }\n}`,
		"a cache per tenant": `const clients = new Map<string, PrismaClient>();\nexport function db(tenant: string) {\n  const known = clients.get(tenant);\n  if (known) return known;\n  const client = new PrismaClient({ datasourceUrl: tenant });\n  clients.set(tenant, client);\n  return client;\n}`,
		"a cache per tenant, read into a variable that is then filled": `const clients = new Map<string, PrismaClient>();\nexport function db(tenant: string) {\n  let client = clients.get(tenant);\n  if (!client) {\n    client = new PrismaClient({ datasourceUrl: tenant });\n    clients.set(tenant, client);\n  }\n  return client;\n}\nexport const handler = async (event) => db(event.tenant).room.findMany();`,
		"a static cache per tenant": `export class Tenants {\n  private static readonly clients = new Map<string, PrismaClient>();\n  static of(id: string) {\n    let client = Tenants.clients.get(id);\n    if (!client) {\n      client = new PrismaClient({ datasourceUrl: id });\n      Tenants.clients.set(id, client);\n    }\n    return client;\n  }\n}\nexport const handler = async (event) => Tenants.of(event.tenant).room.findMany();`,
		"a cache per tenant in a class": `export class Tenants {\n  private clients = new Map();\n  get(id: string) {\n    if (!this.clients.has(id)) this.clients.set(id, new PrismaClient({ datasourceUrl: id }));\n    return this.clients.get(id);\n  }\n}`,
		remember: `import { remember } from "@epic-web/remember";\nexport const prisma = remember("prisma", () => new PrismaClient());`,
		"a lazy singleton that is filled anew once the old client is closed": `let client: PrismaClient | undefined;\nexport const db = () => (client ??= new PrismaClient());\nexport async function reset() {\n  await client?.$disconnect();\n  client = new PrismaClient();\n}`,
		"a lazy singleton that the program's start fills first": `let client: PrismaClient | undefined;\nexport const db = () => (client ??= new PrismaClient());\nfunction start() {\n  client = new PrismaClient();\n}\nstart();`,
		"a client per database in a loop over shards": `const shards = [process.env.SHARD_A, process.env.SHARD_B];\nexport const clients: PrismaClient[] = [];\nfor (const url of shards) clients.push(new PrismaClient({ datasourceUrl: url }));`,
		"a client per database in a map over shards": `export const connect = (shards: string[]) => shards.map((url) => new PrismaClient({ datasourceUrl: url }));`,
		"export default global.prisma": `global.prisma = global.prisma || new PrismaClient();\nexport default global.prisma;`,
		"export default global.prisma, filled while it is empty": `if (!global.prisma) {\n  global.prisma = new PrismaClient();\n}\nexport default global.prisma;`,
		"a client extended by withAccelerate()": `import { withAccelerate } from "@prisma/extension-accelerate";\nexport const prisma = new PrismaClient().$extends(withAccelerate()).$extends({});`,
		"a singleton helper over a builder": `function singleton(name: string, make: () => PrismaClient) { return (globalThis[name] ??= make()); }\nfunction build() { return new PrismaClient(); }\nexport const prisma = singleton("db", build);`,
		"a computed global key": `const KEY = Symbol.for("db");\nfunction make() { return new PrismaClient(); }\nexport const prisma = (globalThis[KEY] ||= make());`,
		"a factory beside its guard": `const make = () => new PrismaClient().$extends({});\nconst globalForPrisma = globalThis as { prisma?: ReturnType<typeof make> };\nexport const prisma = globalForPrisma.prisma ?? make();\nif (process.env.NODE_ENV !== "production") globalForPrisma.prisma = prisma;`,
		main: `async function main() {\n  const prisma = new PrismaClient();\n  await prisma.room.findMany();\n}\nmain();`,
		"a bootstrap": `export async function bootstrap(app) {\n  const prisma = new PrismaClient();\n  app.set("prisma", prisma);\n}`,
		"a plugin's register": `export default { name: "prisma", register: async function (server) {\n  const prisma = new PrismaClient();\n  server.app.prisma = prisma;\n} };`,
		"an exported factory nobody calls": `export function makeClient() {\n  return new PrismaClient();\n}`,
	};
	it.each(Object.entries(KEPT))("%s", async (_form, body) => {
		expect(await found({ "src/db.ts": `${IMPORT}${body}\n` })).toEqual([]);
	});

	it("a factory in one package whose guard is in another", async () => {
		expect(
			await found({
				"package.json": `{"workspaces":["packages/*"]}`,
				"packages/db/package.json": `{"name":"@acme/db","main":"src/index.ts","dependencies":{"@prisma/client":"6.12.0"}}`,
				"packages/db/src/index.ts": `${IMPORT}export const makeClient = () => new PrismaClient();\n`,
				"packages/web/package.json": `{"name":"@acme/web","dependencies":{"@acme/db":"*","next":"15.0.0"}}`,
				"packages/web/src/db.ts": `import { makeClient } from "@acme/db";\nconst globalForPrisma = globalThis as { prisma?: unknown };\nexport const prisma = globalForPrisma.prisma ?? makeClient();\nif (process.env.NODE_ENV !== "production") globalForPrisma.prisma = prisma;\n`,
			}),
		).toEqual([]);
	});

	it("a client per request on Workers", async () => {
		expect(
			await found({
				"package.json": `{"dependencies":{"@prisma/client":"6.12.0","@prisma/adapter-d1":"6.12.0"},"devDependencies":{"wrangler":"4.0.0"}}`,
				"wrangler.toml": `name = "x"\n`,
				"src/index.ts": `${IMPORT}import { PrismaD1 } from "@prisma/adapter-d1";\nexport default { async fetch(request, env) {\n  const prisma = new PrismaClient({ adapter: new PrismaD1(env.DB) });\n  return Response.json(await prisma.room.findMany());\n} };\n`,
			}),
		).toEqual([]);
	});

	it("an edge client per request, which connects over HTTP", async () => {
		expect(
			await found({
				"package.json": `{"dependencies":{"@prisma/client":"6.12.0","@prisma/extension-accelerate":"2.0.0","next":"15.0.0"}}`,
				"app/api/rooms/route.ts": `import { PrismaClient } from "@prisma/client/edge";\nimport { withAccelerate } from "@prisma/extension-accelerate";\nexport const runtime = "edge";\nexport async function GET() {\n  const prisma = new PrismaClient().$extends(withAccelerate());\n  return Response.json(await prisma.room.findMany());\n}\n`,
			}),
		).toEqual([]);
	});

	it("tests and scripts", async () => {
		const body = `${IMPORT}export async function reset() {\n  const prisma = new PrismaClient();\n  await prisma.room.deleteMany();\n}\n`;
		expect(await found({ "test/reset.ts": body, "scripts/reset.ts": body, "src/rooms.spec.ts": body })).toEqual([]);
	});
});
