import { afterEach, describe, expect, it } from "vitest";
import { planUseSingleton, planUseSingletonAll, Refusal, type UseSingletonRequest } from "../../../src/analysis/fixes/index.js";
import type { SingletonStyle } from "../../../src/config/index.js";
import { TestWorkspace } from "./workspace.js";

const SHARED = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;
const IMPORT = `import { PrismaClient } from "@prisma/client";\n`;
const EMITTING = `{ log: [{ emit: "event", level: "query" }] }`;
const PACKAGE = `{ "name": "app", "type": "module", "dependencies": { "@prisma/client": "^6.19.0", "express": "^5.0.0" } }`;

interface Case {
	readonly name: string;
	readonly text: string;
	readonly reason: string;
	readonly file?: string;
	/** Null: there is no shared client. */
	readonly shared?: string | null;
	readonly exportName?: string;
	readonly call?: string;
	readonly files?: Readonly<Record<string, string>>;
	readonly classes?: readonly string[];
	readonly style?: SingletonStyle;
	readonly change?: (request: UseSingletonRequest) => UseSingletonRequest;
}

const opened: TestWorkspace[] = [];
afterEach(() => {
	for (const workspace of opened.splice(0)) workspace.close();
});

async function requestsOf(given: Case): Promise<UseSingletonRequest[]> {
	const file = given.file ?? "src/users.ts";
	const shared = given.shared === undefined ? SHARED : given.shared;
	const files = { "package.json": PACKAGE, ...(shared === null ? {} : { "src/db.ts": shared }), ...given.files, [file]: given.text };
	const workspace = await TestWorkspace.open(new Map(Object.entries(files)));
	const requests = workspace.requests({
		fix: [file],
		shared: shared === null ? null : { file: "src/db.ts", exportName: given.exportName ?? "prisma", call: given.call ?? null },
		classes: given.classes ?? ["PrismaClient"],
		style: given.style ?? "globalThis",
	});
	opened.push(workspace);
	return requests.map(given.change ?? ((request) => request));
}

const cases: readonly Case[] = [
	{
		name: "a client per tenant",
		text: `${IMPORT}export const client = (tenant: { url: string }) => new PrismaClient({ datasourceUrl: tenant.url });`,
		reason: "depend on `tenant`",
	},
	{
		name: "a client per tenant through a local constant",
		text: `${IMPORT}export function client(name: string) {\n\tconst url = \`postgres://db/\${name}\`;\n\treturn new PrismaClient({ datasourceUrl: url });\n}`,
		reason: "depend on `name`",
	},
	{
		name: "a client per turn of a loop",
		text: `${IMPORT}for (const url of [process.env.A, process.env.B]) console.log(new PrismaClient({ datasourceUrl: url }));`,
		reason: "depend on `url`",
	},
	{
		name: "a client made of what its object holds",
		text: `${IMPORT}export class Repository {\n\turl = "x";\n\tclient = new PrismaClient({ datasourceUrl: this.url });\n}`,
		reason: "depend on `this.url`",
	},
	{ name: "a read replica", text: `${IMPORT}export const readReplica = new PrismaClient();`, reason: "read replica" },
	{
		name: "another database",
		text: `${IMPORT}export const reports = new PrismaClient({ datasources: { db: { url: process.env.REPORTS_URL } } });`,
		reason: "another database",
	},
	{
		name: "another adapter",
		text: `${IMPORT}import { PrismaPg } from "@prisma/adapter-pg";\nexport const reports = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.REPORTS_URL }) });`,
		reason: "another database",
		shared: `${IMPORT}import { PrismaPg } from "@prisma/adapter-pg";\nexport const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });`,
	},
	{ name: "fields left out", text: `${IMPORT}const prisma = new PrismaClient({ omit: { user: { email: true } } });`, reason: "omit" },
	{
		name: "an extension the shared client lacks",
		text: `${IMPORT}const prisma = new PrismaClient().$extends({ name: "soft delete" });`,
		reason: "$extends",
	},
	{
		name: "an extension of the shared client",
		text: `${IMPORT}const prisma = new PrismaClient();`,
		reason: "$extends",
		shared: `${IMPORT}export const prisma = new PrismaClient().$extends({ name: "soft delete" });`,
	},
	{
		name: "options from elsewhere",
		text: `${IMPORT}import { options } from "./options.js";\nconst prisma = new PrismaClient(options);`,
		reason: "options differ",
	},
	{
		name: "an edge client",
		text: `import { PrismaClient } from "@prisma/client/edge";\nconst prisma = new PrismaClient();`,
		reason: "Edge",
	},
	{ name: "an edge route", text: `${IMPORT}export const runtime = "edge";\nconst prisma = new PrismaClient();`, reason: "Edge" },
	{
		name: "Cloudflare D1",
		text: `${IMPORT}import { PrismaD1 } from "@prisma/adapter-d1";\nexport default { fetch: (_: Request, env: { DB: string }) => new PrismaClient({ adapter: new PrismaD1(env.DB) }) };`,
		reason: "Workers",
	},
	{
		name: "an import cycle",
		text: `${IMPORT}export const prisma = new PrismaClient();\nexport const log = console.log;`,
		reason: "import cycle",
		shared: `${SHARED}import { log } from "./users.js";\nlog("ready");\n`,
	},
	{
		name: "an import cycle of the new module",
		text: `${IMPORT}import { env } from "./env.js";\nexport const prisma = new PrismaClient({ datasourceUrl: env.url });`,
		reason: "import cycle",
		shared: null,
		files: { "src/env.ts": `import { prisma } from "./users.js";\nexport const env = { url: "x", prisma };` },
	},
	{
		name: "a listener that the shared client's log has nothing for",
		text: `${IMPORT}const prisma = new PrismaClient();\nprisma.$on("query", console.log);`,
		reason: 'The $on on line 3 would hear nothing: the log of the client in src/db.ts does not emit "query"',
	},
	{
		name: "a listener that is added again and again",
		text: `${IMPORT}const prisma = new PrismaClient(${EMITTING});\nexport const watch = () => prisma.$on("query", console.log);`,
		reason: "The $on on line 3 may run again and again",
		shared: `${IMPORT}export const prisma = new PrismaClient(${EMITTING});\n`,
	},
	{
		name: "a listener on a client that outlives reloads",
		text: `${IMPORT}const prisma = new PrismaClient(${EMITTING});\nprisma.$on("query", console.log);`,
		reason: "outlives this module or is replaced later, so the $on on line 3 belongs there",
		shared: `${IMPORT}const store = globalThis as { prisma?: PrismaClient };\nexport const prisma = store.prisma ?? new PrismaClient(${EMITTING});\nstore.prisma = prisma;\n`,
	},
	{
		name: "a listener on a client whose type tells nothing of its log",
		text: `${IMPORT}const prisma = new PrismaClient(${EMITTING});\nprisma.$on("query", console.log);`,
		reason: "does not say what its log emits",
		shared: `${IMPORT}export const prisma: PrismaClient = new PrismaClient(${EMITTING});\n`,
	},
	{
		name: "middleware",
		text: `${IMPORT}const prisma = new PrismaClient();\nprisma.$use((params, next) => next(params));`,
		reason: "its own $use on line 3",
	},
	{
		name: "a file whose test puts another class under it alone",
		text: `const { PrismaClient } = require("@prisma/client");\nconst prisma = new PrismaClient();\nexports.count = () => prisma.user.count();`,
		shared: `const { PrismaClient } = require("@prisma/client");\nexports.prisma = new PrismaClient();\n`,
		file: "src/users.js",
		reason: "test/users.test.js replaces the class for src/users.js alone",
		files: {
			"package.json": PACKAGE.replace("module", "commonjs"),
			"test/users.test.js": `const proxyquire = require("proxyquire");\nconst users = proxyquire("../src/users", { "@prisma/client": { PrismaClient: class {} } });\n`,
		},
	},
	{
		name: "a file whose test counts the clients",
		text: `${IMPORT}const prisma = new PrismaClient();\nexport const count = () => prisma.user.count();`,
		reason: "test/users.test.ts counts how often PrismaClient is made",
		files: {
			"test/users.test.ts": `${IMPORT}import { vi, expect } from "vitest";\nimport "../src/users.js";\nvi.mock("@prisma/client", () => ({ PrismaClient: vi.fn() }));\nexpect(PrismaClient).toHaveBeenCalledTimes(1);\n`,
		},
	},
	{
		name: "a client made later on, which its test says test by test",
		text: `${IMPORT}export async function count() {\n\tconst prisma = new PrismaClient();\n\treturn prisma.user.count();\n}`,
		reason: "test/users.test.ts says test by test what PrismaClient makes",
		files: {
			"test/users.test.ts": `${IMPORT}import { vi } from "vitest";\nimport { count } from "../src/users.js";\nvi.mock("@prisma/client");\nvi.mocked(PrismaClient).mockImplementation(() => ({ user: { count: () => 2 } }));\nawait count();\n`,
		},
	},
	{
		name: "a mock that lacks what the shared client's module calls",
		text: `${IMPORT}const prisma = new PrismaClient(${EMITTING});\nexport const count = () => prisma.user.count();`,
		reason: "The mock of PrismaClient in test/users.test.ts has no $on, which src/db.ts calls",
		shared: `${IMPORT}export const prisma = new PrismaClient(${EMITTING});\nprisma.$on("query", console.log);\n`,
		files: {
			"test/users.test.ts": `import "../src/users.js";\njest.mock("@prisma/client", () => ({ PrismaClient: class { user = { count: () => 2 } } }));\n`,
		},
	},
	{
		name: "a $disconnect that is handed on",
		text: `${IMPORT}const prisma = new PrismaClient();\nprocess.on("exit", prisma.$disconnect);`,
		reason: "hands this client's $disconnect on",
	},
	{
		name: "a parameter that is closed",
		text: `${IMPORT}export async function run(prisma = new PrismaClient()) {\n\tawait prisma.$disconnect();\n}`,
		reason: "closes the client it was given",
	},
	{
		name: "a pool whose elements are clients",
		text: `${IMPORT}const all: PrismaClient[] = [];\nexport function add() {\n\tconst client = new PrismaClient();\n\tall.push(client);\n}\nexport const close = () => all.map((each) => each.$disconnect());`,
		reason: "Line 7 closes a client that may be this one",
	},
	{
		name: "a factory whose callers close what they get",
		text: `${IMPORT}export const connect = () => new PrismaClient();`,
		reason: "src/orders.ts gets clients from this file and closes one",
		files: {
			"src/orders.ts": `import { connect } from "./users.js";\nexport async function orders() {\n\tconst client = connect();\n\tawait client.$disconnect();\n}`,
		},
	},
	{ name: "a syntax error", text: `${IMPORT}const prisma = new PrismaClient();\nconst = 3;`, reason: "syntax error on line 3" },
	{
		name: "the shared client itself",
		text: `${IMPORT}const prisma = new PrismaClient();`,
		reason: "the client that the others share",
		change: (request) =>
			request.shared
				? { ...request, ...request.shared, newSpan: request.shared.newSpan ?? request.newSpan, shared: request.shared }
				: request,
	},
	{
		name: "the module that makes the shared client",
		text: `${IMPORT}let made: PrismaClient | undefined;\nexport const getPrisma = () => (made ??= new PrismaClient());\nexport const fresh = () => new PrismaClient();`,
		reason: "part of the module that makes the shared one",
		file: "src/db.ts",
		exportName: "getPrisma",
		call: "getPrisma()",
	},
	{
		name: "an ES module from CommonJS",
		text: `const { PrismaClient } = require("@prisma/client");\nconst prisma = new PrismaClient();`,
		reason: "ES module",
		file: "src/users.cjs",
	},
	{
		name: "another generated client",
		text: `${IMPORT}const prisma = new PrismaClient();`,
		reason: "another generated client",
		change: (request) => ({ ...request, client: { key: "generated/tenant", subclass: null } }),
	},
	{
		name: "a subclass with more than the shared client has",
		text: `${IMPORT}class Db extends PrismaClient {\n\tsoftDelete() {}\n}\nexport const db = new Db();`,
		reason: "Db adds softDelete",
		classes: ["PrismaClient", "Db"],
		change: (request) => ({ ...request, client: { key: "client", subclass: { name: "Db", members: ["softDelete"] } } }),
	},
	{
		name: "a package that does not depend on the shared one's",
		text: `${IMPORT}const prisma = new PrismaClient();`,
		reason: "does not depend on the other",
		file: "apps/web/index.ts",
		files: { "apps/web/package.json": `{ "name": "web", "dependencies": { "@prisma/client": "^6.19.0" } }` },
	},
	{
		name: "what the file computes for a new module",
		text: `${IMPORT}const url = readUrl();\nfunction readUrl() {\n\treturn process.env.DATABASE_URL;\n}\nexport const prisma = new PrismaClient({ datasourceUrl: url });`,
		reason: "`url`, which this file computes",
		shared: null,
	},
	{
		name: "a pool of another driver that the manager's clients would leave open",
		text: `${IMPORT}import { PrismaNeon } from "@prisma/adapter-neon";\nimport { Pool } from "@neondatabase/serverless";\nconst pool = new Pool();\nexport const prisma = new PrismaClient({ adapter: new PrismaNeon(pool) });`,
		reason: "does not end the `Pool` that it is given",
		shared: null,
		style: "manager",
	},
	{
		name: "options of a pool's end that cannot be read, for the manager",
		text: `${IMPORT}import { PrismaPg } from "@prisma/adapter-pg";\nimport { Pool } from "pg";\nimport { options } from "./options.js";\nexport const prisma = new PrismaClient({ adapter: new PrismaPg(new Pool(), options) });`,
		reason: "cannot be told",
		shared: null,
		style: "manager",
	},
	{
		name: "an import named as the manager's own",
		text: `import { PrismaClient as Client } from "@prisma/client";\nexport const prisma = new Client();`,
		reason: "`Client` is imported here under a name",
		shared: null,
		classes: ["Client"],
		style: "manager",
	},
	{
		name: "a pool that others use for a new module",
		text: `${IMPORT}import { PrismaPg } from "@prisma/adapter-pg";\nimport { Pool } from "pg";\nexport const pool = new Pool();\nexport const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });\npool.on("error", console.error);`,
		reason: "`pool` is also used elsewhere",
		shared: null,
	},
];

function refusalOf(plan: () => unknown): string {
	try {
		throw new Error(`It was planned: ${JSON.stringify(plan(), null, 1)}`);
	} catch (error) {
		if (error instanceof Refusal) return error.message;
		throw error;
	}
}

describe("use-singleton refuses", () => {
	it.each(cases)("$name", async (given) => {
		const [request] = await requestsOf(given);
		if (!request) throw new Error("The case has no client.");
		const reason = refusalOf(() => planUseSingleton(request));
		expect(reason).toContain(given.reason);
		expect(reason).not.toMatch(/postgres:\/\//);
	});
});

describe("use-singleton without a person", () => {
	const LOGGING = `${IMPORT}const prisma = new PrismaClient({ log: ["query"] });\nexport const count = () => prisma.user.count();`;

	it("notes the options a client loses, and leaves such a client alone in a workspace", async () => {
		const requests = await requestsOf({ name: "log", text: LOGGING, reason: "" });
		const [request] = requests;
		if (!request) throw new Error("The case has no client.");
		const repair = planUseSingleton(request);
		expect(repair.title).toBe("Use singleton from src/db.ts");
		expect(repair.notes).toEqual(["Options of the client in src/users.ts are dropped (`log`); the client in src/db.ts keeps its own."]);
		const all = planUseSingletonAll(requests);
		expect(all.repair).toBe(null);
		expect(all.refused.map(({ reason }) => reason)).toEqual(repair.notes);
	});

	it("changes the other clients when one is refused", async () => {
		const text = `${IMPORT}export const a = new PrismaClient();\nexport const b = (url: string) => new PrismaClient({ datasourceUrl: url });`;
		const { repair, refused } = planUseSingletonAll(await requestsOf({ name: "two", text, reason: "" }));
		expect(refused.map(({ reason }) => reason)).toEqual([expect.stringContaining("depend on `url`")]);
		expect(repair?.changes.map((change) => change.file)).toEqual(["src/users.ts"]);
	});
});
