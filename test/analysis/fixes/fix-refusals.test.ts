import { describe, expect, it } from "vitest";
import { scan } from "./scan.js";

const MANIFEST = (dependencies: Readonly<Record<string, string>>): string =>
	JSON.stringify({ name: "app", type: "module", dependencies: { "@prisma/client": "6.19.0", ...dependencies } });
const PRISMA = `import { PrismaClient } from "@prisma/client";\n`;
const SCHEMA = `generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["metrics"]\n}\n`;
const STORE = `${PRISMA}import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
export class Store {
	pool = new Pool({ max: 3 });
	prisma = new PrismaClient({ adapter: new PrismaPg(this.pool, OPTIONS) });
	close = () => this.prisma.$disconnect();
}
`;

const DB_WITH_POOL = `${PRISMA}import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
const pool = new Pool({ max: 3 });
export const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
`;
const MANAGER = (close: string): string => `${PRISMA}class Manager {\n\tclient = new PrismaClient();\n\t${close}\n}\n`;

describe.each([
	{
		fix: "set-pool-timeouts",
		name: "options that come from several places",
		files: {
			"src/db.ts": `${PRISMA}import { PrismaPg } from "@prisma/adapter-pg";\nconst a = { host: "a" };\nconst b = { host: "b" };\nexport const prisma = new PrismaClient({ adapter: new PrismaPg(process.env.B ? a : b) });\n`,
		},
		reason: "from several places",
	},
	{
		fix: "set-pool-timeouts",
		name: "a file with a syntax error",
		files: {
			"src/db.ts": `${PRISMA}import { PrismaPg } from "@prisma/adapter-pg";\nexport const prisma = new PrismaClient({ adapter: new PrismaPg({ host: "a" }) });\nconst = 3;\n`,
		},
		reason: "src/db.ts has a syntax error on line 4",
	},
	{
		fix: "move-pool-setting",
		name: "a URL that several adapters could have",
		files: {
			".env": "DATABASE_URL=postgresql://app:hunter2@db/app?connection_limit=5\n",
			"src/a.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nexport const a = new PrismaPg({ connectionString: process.env.A, max: 3 });\n`,
			"src/b.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nexport const b = new PrismaPg({ connectionString: process.env.B, max: 3 });\n`,
			"package.json": MANIFEST({ "@prisma/client": "7.10.0", "@prisma/adapter-pg": "7.10.0" }),
		},
		reason: "Several adapters could be meant",
	},
	{
		fix: "move-pool-setting",
		name: "a parameter that is put together",
		files: {
			"src/a.ts": `import { PrismaPg } from "@prisma/adapter-pg";\nconst size = 5;\nexport const a = new PrismaPg({ connectionString: process.env.A + "?connection_limit=" + size });\n`,
			"package.json": MANIFEST({ "@prisma/client": "7.10.0", "@prisma/adapter-pg": "7.10.0" }),
		},
		reason: "is not written as connection_limit=number",
	},
	{
		fix: "move-pool-setting",
		name: "a removed option without an adapter to take its place",
		files: {
			"src/a.ts": `${PRISMA}export const prisma = new PrismaClient({ datasourceUrl: process.env.A });\n`,
			"package.json": MANIFEST({ "@prisma/client": "7.10.0" }),
		},
		reason: "Install the one of your database",
	},
	{
		fix: "move-pool-setting",
		name: "a configuration that reaches no pool",
		files: {
			"src/db.ts": `${PRISMA}import { config } from "./config.js";\nexport const prisma = new PrismaClient({ log: config.log });\n`,
			"src/config.ts": "export const config = { log: ['warn'], pool: { min: 2, max: 20, idleTimeoutMillis: 30000 } };\n",
		},
		reason: "Which pool these settings are meant for",
	},
	{
		fix: "dispose-external-pool",
		name: "a version without the option",
		files: { "package.json": MANIFEST({ "@prisma/client": "6.12.0" }), "src/store.ts": STORE.replace(", OPTIONS", "") },
		reason: "Prisma 6.12.0 has no disposeExternalPool",
	},
	{
		fix: "drop-metrics-preview",
		name: "code that reads $metrics",
		files: { "prisma/schema.prisma": SCHEMA, "src/metrics.ts": `${PRISMA}export const metrics = new PrismaClient().$metrics.json();\n` },
		reason: "src/metrics.ts reads $metrics",
	},
	{
		fix: "bound-buffer",
		name: "an object keyed by query text",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nconst counts = {};\nprisma.$on("query", (e) => { counts[e.query] = 1; });\n`,
		},
		reason: "An object has no reliable order",
	},
	{
		fix: "bound-buffer",
		name: "a list under a key",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nconst times = {};\nprisma.$on("query", (e) => { times[e.target].push(e); });\n`,
		},
		reason: "A list under a key",
	},
	{
		fix: "bound-buffer",
		name: "a call whose result is used",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nconst all = [];\nconst record = (e) => all.push(e);\nprisma.$on("query", (e) => { record(e); });\n`,
		},
		reason: "no place for a limit",
	},
	{
		fix: "use-tx-client",
		name: "a transaction inside another",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nexport const work = () =>\n\tprisma.$transaction(async (tx) => {\n\t\tawait tx.user.count();\n\t\tawait prisma.$transaction(async (inner) => inner.user.count());\n\t});\n`,
		},
		reason: "A transaction inside another",
	},
	{
		fix: "use-tx-client",
		name: "a name that means something else there",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nexport const work = () =>\n\tprisma.$transaction(async (tx) => {\n\t\tawait Promise.all([1].map(async (tx) => prisma.user.count(tx)));\n\t\tawait tx.user.count();\n\t});\n`,
		},
		reason: "Here tx is not the transaction's client",
	},
	{
		fix: "use-tx-client",
		name: "a helper whose parameter is a whole client",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nconst list = (db: PrismaClient = prisma) => db.user.findMany();\nexport const work = () =>\n\tprisma.$transaction(async (tx) => {\n\t\tawait tx.user.count();\n\t\tawait list();\n\t});\n`,
		},
		reason: "no optional parameter of the type Prisma.TransactionClient",
	},
	{
		fix: "hoist-listener",
		name: "a listener that uses the request",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nexport async function list(req, res) {\n\tprisma.$on("query", () => console.log(req.url));\n\tres.json(await prisma.user.count());\n}\n`,
		},
		reason: "uses req, which belongs to the function around it",
	},
	{
		fix: "hoist-listener",
		name: "a client of another file",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\n`,
			"src/api.ts": `import { prisma } from "./db.js";\nexport async function list(req, res) {\n\tprisma.$on("query", console.log);\n\tres.json(await prisma.user.count());\n}\n`,
		},
		reason: "prisma is not a constant of this file",
	},
	{
		fix: "clear-interval",
		name: "an interval that works on the request",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nexport async function list(req, res) {\n\tsetInterval(() => console.log(req.url), 1000);\n\tres.json(await prisma.user.count());\n}\n`,
		},
		reason: "The interval uses req, which belongs to the function around it",
	},
	{
		fix: "clear-interval",
		name: "an instance's interval without a way to end its work",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nclass Tracker {\n\tconstructor() {\n\t\tsetInterval(() => this.flush(), 1000);\n\t}\n\tflush() {}\n}\nexport async function list(req, res) {\n\tres.json(new Tracker());\n}\n`,
		},
		reason: "The interval uses this, which belongs to the code around it",
	},
	{
		fix: "clear-interval",
		name: "a handle that each instance keeps",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nclass Tracker {\n\tconstructor() {\n\t\tthis.timer = setInterval(() => prisma.user.count(), 1000);\n\t}\n}\nexport async function list(req, res) {\n\tres.json(new Tracker());\n}\n`,
		},
		reason: "only you know when the work is done",
	},
	{
		fix: "hoist-listener",
		name: "an extension that uses the request",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nexport async function list(req, res) {\n\tconst db = prisma.$extends({ query: { $allOperations: ({ args, query }) => query({ ...args, where: { tenant: req.tenant } }) } });\n\tres.json(await db.user.findMany());\n}\n`,
		},
		reason: "The extension uses req, which belongs to the function around it",
	},
	{
		fix: "hoist-listener",
		name: "an extension of a client that is handed in",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nconst extend = (client) => client.$extends({ name: "audit" });\nexport async function list(req, res) {\n\tres.json(await extend(prisma).user.findMany());\n}\n`,
		},
		reason: "client is neither a constant of this file nor imported",
	},
	{
		fix: "hoist-listener",
		name: "an extension whose client's module imports this one",
		files: {
			"src/db.ts": `${PRISMA}import "./api.js";\nexport const prisma = new PrismaClient();\n`,
			"src/api.ts": `import { prisma } from "./db.js";\nexport async function list(req, res) {\n\tres.json(await prisma.$extends({ name: "audit" }).user.findMany());\n}\n`,
		},
		reason: "src/db.ts imports this file",
	},
	{
		fix: "add-disconnect-finally",
		name: "a client closed in several places",
		files: {
			"src/copy.ts": `${PRISMA}export async function copy(url: string) {\n\tconst prisma = new PrismaClient({ datasourceUrl: url });\n\tif (!url) {\n\t\tawait prisma.$disconnect();\n\t\treturn;\n\t}\n\tawait prisma.user.count();\n\tawait prisma.$disconnect();\n}\n`,
		},
		reason: "not closed by one statement",
	},
	{
		fix: "add-disconnect-finally",
		name: "a client that is handed on",
		files: {
			"src/copy.ts": `${PRISMA}export async function copy(url: string) {\n\tconst prisma = new PrismaClient({ datasourceUrl: url });\n\tawait prisma.user.count();\n\tsetTimeout(() => prisma.user.count(), 10);\n\tawait prisma.$disconnect();\n}\n`,
		},
		reason: "handed on to code that may run later",
	},
	{
		fix: "add-disconnect-finally",
		name: "a query returned inside another value",
		files: {
			"src/copy.ts": `${PRISMA}export async function copy(url: string) {\n\tconst prisma = new PrismaClient({ datasourceUrl: url });\n\tif (url) return { users: prisma.user.count() };\n\tawait prisma.user.count();\n\tawait prisma.$disconnect();\n}\n`,
		},
		reason: "returned inside another value",
	},
	{
		fix: "close-on-shutdown",
		name: "a server that handles SIGTERM already",
		files: {
			"package.json": MANIFEST({ express: "5.0.0", "@prisma/adapter-pg": "6.19.0", pg: "8.0.0" }),
			"src/db.ts": DB_WITH_POOL,
			"src/app.ts": `import { prisma } from "./db.js";\nprocess.on("SIGTERM", () => console.log(prisma));\n`,
		},
		reason: "src/app.ts handles SIGTERM already",
	},
	{
		fix: "close-on-shutdown",
		name: "a Fastify server that no constant holds",
		files: {
			"package.json": MANIFEST({ fastify: "5.0.0", "@prisma/adapter-pg": "6.19.0", pg: "8.0.0" }),
			"src/db.ts": DB_WITH_POOL,
			"src/app.ts": `import fastify from "fastify";\nimport { prisma } from "./db.js";\nexport default [fastify(), prisma];\n`,
		},
		reason: "No constant holds a Fastify server that uses pool",
	},
	{
		fix: "close-on-shutdown",
		name: "two Fastify servers",
		files: {
			"package.json": MANIFEST({ fastify: "5.0.0", "@prisma/adapter-pg": "6.19.0", pg: "8.0.0" }),
			"src/db.ts": DB_WITH_POOL,
			"src/app.ts": `import fastify from "fastify";\nimport { prisma } from "./db.js";\nexport const a = fastify();\nexport const b = fastify();\nexport default prisma;\n`,
		},
		reason: "Several Fastify servers use pool",
	},
	{
		fix: "close-on-shutdown",
		name: "a Fastify server whose signals end the process at once",
		files: {
			"package.json": MANIFEST({ fastify: "5.0.0", "@prisma/adapter-pg": "6.19.0", pg: "8.0.0" }),
			"src/db.ts": DB_WITH_POOL,
			"src/app.ts": `import fastify from "fastify";\nimport { prisma } from "./db.js";\nconst app = fastify();\nprocess.on("SIGTERM", () => process.exit(0));\nexport default [app, prisma];\n`,
		},
		reason: "src/app.ts handles SIGTERM without a call of close() on the server",
	},
	{
		fix: "close-on-shutdown",
		name: "two Hapi servers",
		files: {
			"package.json": MANIFEST({ "@hapi/hapi": "21.4.10", "@prisma/adapter-pg": "6.19.0", pg: "8.0.0" }),
			"src/db.ts": DB_WITH_POOL,
			"src/app.ts": `import { Server, server } from "@hapi/hapi";\nimport { prisma } from "./db.js";\nexport const a = server({ port: 1 });\nexport const b = new Server({ port: 2 });\nexport default prisma;\n`,
		},
		reason: "Several Hapi servers use pool. Call pool.end() in an onPostStop hook of the one that stops last.",
	},
	{
		fix: "close-on-shutdown",
		name: "a Nest application's pool without a service beside it",
		files: {
			"package.json": MANIFEST({ "@nestjs/core": "11.0.0", "@prisma/adapter-pg": "6.19.0", pg: "8.0.0" }),
			"src/db.ts": DB_WITH_POOL,
		},
		reason: "src/db.ts has no service of its own",
	},
	{
		fix: "close-on-shutdown",
		name: "a manager that several constants hold",
		files: {
			"package.json": MANIFEST({ express: "5.0.0" }),
			"src/manager.ts": `${MANAGER("async close() { await this.client.$disconnect(); }")}export const a = new Manager();\nexport const b = new Manager();\n`,
		},
		reason: "No constant of a module holds Manager",
	},
	{
		fix: "close-on-shutdown",
		name: "a manager whose end nobody can wait for",
		files: {
			"package.json": MANIFEST({ express: "5.0.0" }),
			"src/manager.ts": `${MANAGER("close() { void this.client.$disconnect(); }")}export const manager = new Manager();\n`,
		},
		reason: "close returns no promise",
	},
	{
		fix: "drop-disconnect",
		name: "a function that does more than close the client",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nexport async function close() {\n\tconsole.log("closing");\n\tawait prisma.$disconnect();\n}\n`,
			"src/api.ts": `import { close } from "./db.js";\nexport async function api(req, res) {\n\tres.end();\n\tawait close();\n}\n`,
		},
		reason: "does more than close the client",
	},
	{
		fix: "drop-disconnect",
		name: "a client closed behind several functions",
		files: {
			"src/db.ts": `${PRISMA}export const prisma = new PrismaClient();\nasync function close() {\n\tawait prisma.$disconnect();\n}\nexport async function done() {\n\tawait close();\n}\n`,
			"src/api.ts": `import { done } from "./db.js";\nexport async function api(req, res) {\n\tres.end();\n\tawait done();\n}\n`,
		},
		reason: "behind several functions",
	},
	{
		fix: "guard-hot-reload",
		name: "a client that a function makes later on",
		files: {
			"package.json": MANIFEST({ next: "15.0.0" }),
			"lib/db.ts": `${PRISMA}let client: PrismaClient | undefined;\nexport function db() {\n\tclient ??= new PrismaClient();\n\treturn client;\n}\n`,
		},
		reason: "A function of lib/db.ts makes this client later on",
	},
	{
		fix: "guard-hot-reload",
		name: "a client among others",
		files: {
			"package.json": MANIFEST({ next: "15.0.0" }),
			"lib/db.ts": `${PRISMA}export const clients = { main: new PrismaClient() };\n`,
		},
		reason: "not held by a variable of its module",
	},
])("$fix refuses", ({ fix, name, files, reason }) => {
	it(name, async () => {
		const analysis = await scan(new Map(Object.entries({ "package.json": MANIFEST({}), ...files })));
		const { outcome, refused } = analysis.fixAll({ fix }, { kind: "workspace" });
		expect(outcome.kind).toBe("refused");
		expect(refused.map((each) => each.reason)).toEqual([expect.stringContaining(reason)]);
	});
});
