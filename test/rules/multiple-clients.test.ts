import { describe, expect, it } from "vitest";
import { check, type Files, places } from "./support.js";

const DB = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;
const server = (...routes: string[]): string =>
	`import express from "express";\n${routes.map((route, index) => `import r${index} from "./routes/${route}.js";`).join("\n")}\nconst app = express();\n${routes
		.map((_, index) => `app.use(r${index});`)
		.join("\n")}\napp.listen(3000);\n`;
const route = (client: string, head = `import { PrismaClient } from "@prisma/client";`): string =>
	`import { Router } from "express";\n${head}\n${client}\nconst router = Router();\nrouter.get("/", async (req, res) => res.json(await prisma.room.findMany()));\nexport default router;\n`;

const found = async (files: Files): Promise<readonly string[]> => places(await check(files), "multiple-clients");

describe("multiple-clients finds", () => {
	it("module-level clients in route files beside the shared one, and names the shared one", async () => {
		const findings = await check({
			"src/lib/db.ts": DB,
			"src/server.ts": server("rooms", "guests"),
			"src/routes/rooms.ts": route("const prisma = new PrismaClient();"),
			"src/routes/guests.ts": route("", `import { prisma } from "../lib/db.js";`),
		});
		expect(places(findings, "multiple-clients")).toEqual(["src/routes/rooms.ts:3"]);
		const [finding] = findings;
		expect(finding?.severity).toBe("error");
		expect(finding?.message).toContain("src/lib/db.ts");
		expect(finding?.related[0]).toMatchObject({ file: "src/lib/db.ts", line: 2 });
		expect(finding?.estimate?.connections).toBe(null);
		expect(finding?.fixes[0]).toBe("use-singleton");
	});

	it("several clients where none is made to be shared", async () => {
		expect(
			await found({
				"src/server.ts": server("rooms", "guests"),
				"src/routes/rooms.ts": route("const prisma = new PrismaClient();"),
				"src/routes/guests.ts": route("const prisma = new PrismaClient();"),
			}),
		).toEqual(["src/routes/guests.ts:3", "src/routes/rooms.ts:3"]);
	});

	const HEADS: Readonly<Record<string, [head: string, name: string]>> = {
		"default-import destructuring": [`import pkg from "@prisma/client";\nconst { PrismaClient } = pkg;`, "PrismaClient"],
		"a namespace import": [`import * as P from "@prisma/client";`, "P.PrismaClient"],
		require: [`const P = require("@prisma/client");`, "P.PrismaClient"],
		"require with destructuring": [`const { PrismaClient } = require("@prisma/client");`, "PrismaClient"],
		"require in a try": [
			`let PrismaClient: typeof import("@prisma/client").PrismaClient;\ntry { PrismaClient = require("@prisma/client").PrismaClient; } catch { throw new Error("generate first"); }`,
			"PrismaClient",
		],
		"a renamed import": [`import { PrismaClient as Db } from "@prisma/client";`, "Db"],
		"a re-export of another module": [`import { PrismaClient } from "../lib/prisma-types.js";`, "PrismaClient"],
		"a subclass": [`import { PrismaClient } from "@prisma/client";\nclass Store extends PrismaClient {}`, "Store"],
		"a subclass of a renamed class": [`import { PrismaClient as Base } from "@prisma/client";\nclass Store extends Base {}`, "Store"],
	};
	it.each(Object.entries(HEADS))("a client whose class comes by %s", async (_form, [head, name]) => {
		const files = {
			"src/lib/db.ts": DB,
			"src/lib/prisma-types.ts": `export * from "@prisma/client";\n`,
			"src/server.ts": server("rooms", "guests"),
			"src/routes/rooms.ts": route(`const prisma = new ${name}();`, head),
			"src/routes/guests.ts": route("", `import { prisma } from "../lib/db.js";`),
		};
		expect(await found(files)).toHaveLength(1);
	});

	it("clients of the class that schema.prisma says is generated into the workspace", async () => {
		const generated = (path: string): string => `import { PrismaClient } from "${path}";\nimport { PrismaPg } from "@prisma/adapter-pg";`;
		expect(
			await found({
				"prisma/schema.prisma": `generator client {\n  provider = "prisma-client"\n  output   = "../src/db-client"\n}\ndatasource db {\n  provider = "postgresql"\n}\n`,
				"src/lib/db.ts": `${generated("../db-client/client.js")}\nexport const prisma = new PrismaClient({ adapter: new PrismaPg({}) });\n`,
				"src/server.ts": server("rooms"),
				"src/routes/rooms.ts": route(
					"const prisma = new PrismaClient({ adapter: new PrismaPg({}) });\nimport '../lib/db.js';",
					generated("../db-client/client.js"),
				),
			}),
		).toEqual(["src/routes/rooms.ts:4"]);
	});

	it("as an argument, a default parameter, a class field and in a constructor, in modules that are built once", async () => {
		expect(
			await found({
				"src/lib/db.ts": DB,
				"src/server.ts": `import express from "express";\nimport { prisma } from "./lib/db.js";\nimport { a, b, c, d } from "./services.js";\nconst app = express();\napp.listen(1, () => [prisma, a, b, c, d]);\n`,
				"src/services.ts": [
					`import { PrismaClient } from "@prisma/client";`,
					`class Optimizer { constructor(private readonly db: PrismaClient) {} }`,
					`class Defaulted { constructor(private readonly db = new PrismaClient()) {} }`,
					`class Field { private readonly db = new PrismaClient(); }`,
					`class Built { private db; constructor() { this.db = new PrismaClient(); } }`,
					`export const a = new Optimizer(new PrismaClient());`,
					`export const b = new Defaulted();`,
					`export const c = new Field();`,
					`export const d = new Built();`,
				].join("\n"),
			}),
		).toEqual(["src/services.ts:3", "src/services.ts:4", "src/services.ts:5", "src/services.ts:6"]);
	});

	it("a global guard copied into several files: in production each has its own client", async () => {
		const copy = `const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };\nconst prisma = globalForPrisma.prisma ?? new PrismaClient();\nif (process.env.NODE_ENV !== "production") globalForPrisma.prisma = prisma;`;
		expect(
			await found({
				"src/server.ts": server("rooms", "guests"),
				"src/routes/rooms.ts": route(copy),
				"src/routes/guests.ts": route(copy),
			}),
		).toEqual(["src/routes/guests.ts:4", "src/routes/rooms.ts:4"]);
	});

	it("a plain client beside a framework's service", async () => {
		expect(
			await found({
				"package.json": `{"dependencies":{"@nestjs/core":"11.0.0","@prisma/client":"6.12.0"}}`,
				"src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module";\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n`,
				"src/app.module.ts": `import { Module } from "@nestjs/common";\nimport { PrismaService } from "./prisma.service";\nimport { Reports } from "./reports";\n@Module({ providers: [PrismaService, Reports] })\nexport class AppModule {}\n`,
				"src/prisma.service.ts": `import { Injectable } from "@nestjs/common";\nimport { PrismaClient } from "@prisma/client";\n@Injectable()\nexport class PrismaService extends PrismaClient {}\n`,
				"src/reports.ts": `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport class Reports { list() { return prisma.report.findMany(); } }\n`,
			}),
		).toEqual(["src/reports.ts:2"]);
	});

	it("a framework's service that several modules provide", async () => {
		const module = (name: string, exported: string): string =>
			`import { Module } from "@nestjs/common";\nimport { PrismaService } from "./prisma.service";\n@Module({\n  providers: [PrismaService],${exported}\n})\nexport class ${name} {}\n`;
		expect(
			await found({
				"package.json": `{"dependencies":{"@nestjs/core":"11.0.0","@prisma/client":"6.12.0"}}`,
				"src/prisma.service.ts": `import { Injectable } from "@nestjs/common";\nimport { PrismaClient } from "@prisma/client";\n@Injectable()\nexport class PrismaService extends PrismaClient {}\n`,
				"src/prisma.module.ts": module("PrismaModule", " exports: [PrismaService],"),
				"src/rooms.module.ts": module("RoomsModule", ""),
			}),
		).toEqual(["src/rooms.module.ts:4"]);
	});
});

const NEST_MAIN = `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module.js";\nasync function bootstrap() { await (await NestFactory.create(AppModule)).listen(3000); }\nbootstrap();\n`;
const nestService = (name: string, superOptions = ""): string =>
	`import { Injectable } from "@nestjs/common";\nimport { PrismaClient } from "@prisma/client";\n@Injectable()\nexport class ${name} extends PrismaClient {${superOptions && ` constructor() { super(${superOptions}); } `}}\n`;
const nestModule = (files: Readonly<Record<string, string>>): string =>
	`import { Module } from "@nestjs/common";\n${Object.entries(files)
		.map(([name, path]) => `import { ${name} } from "${path}";\n`)
		.join("")}@Module({ providers: [${Object.keys(files).join(", ")}] })\nexport class AppModule {}\n`;

describe("multiple-clients on classes that extend the client", () => {
	it("finds services that extend it beside the one that is there for it", async () => {
		const findings = await check({
			"src/prisma.service.ts": nestService("PrismaService"),
			"src/rooms.service.ts": nestService("RoomsService"),
			"src/app.module.ts": nestModule({ PrismaService: "./prisma.service.js", RoomsService: "./rooms.service.js" }),
			"src/main.ts": NEST_MAIN,
		});
		expect(places(findings, "multiple-clients")).toEqual(["src/rooms.service.ts:4"]);
		expect(findings[0]?.message).toBe(
			"RoomsService extends PrismaClient, which makes it one of 2 clients in the same process, each with its own connections. Inject PrismaService from src/prisma.service.ts instead.",
		);
	});

	it("stays quiet about one for another database, and one for a read replica", async () => {
		expect(
			await found({
				"src/prisma.service.ts": nestService("PrismaService"),
				"src/log.service.ts": nestService("LogService", "{ datasourceUrl: process.env.LOG_DATABASE_URL }"),
				"src/replica.service.ts": nestService("ReplicaService", "{ datasourceUrl: process.env.DATABASE_URL }"),
				"src/app.module.ts": nestModule({
					PrismaService: "./prisma.service.js",
					LogService: "./log.service.js",
					ReplicaService: "./replica.service.js",
				}),
				"src/main.ts": NEST_MAIN,
			}),
		).toEqual([]);
	});

	it("stays quiet about the programs of one package, each with a service of its own", async () => {
		const program = (name: string): Files => ({
			[`apps/${name}/src/prisma.service.ts`]: nestService("PrismaService"),
			[`apps/${name}/src/app.module.ts`]: nestModule({ PrismaService: "./prisma.service.js" }),
			[`apps/${name}/src/main.ts`]: NEST_MAIN,
		});
		expect(await found({ ...program("web"), ...program("mail") })).toEqual([]);
	});
});

describe("multiple-clients stays quiet about", () => {
	const quiet = async (files: Files): Promise<void> => expect(await found(files)).toEqual([]);

	it("names that only start with PrismaClient", () =>
		quiet({
			"src/lib/db.ts": DB,
			"src/server.ts": `import "./lib/db.js";\nimport { Prisma } from "@prisma/client";\nexport const error = new Prisma.PrismaClientKnownRequestError("x", { code: "P2002", clientVersion: "6" });\n`,
		}));

	it("the two branches of one condition", () =>
		quiet({
			"src/lib/db.ts": `import { PrismaClient } from "@prisma/client";\nlet prisma;\nif (process.env.NODE_ENV === "production") {\n  prisma = new PrismaClient();\n} else {\n  if (!global.prisma) global.prisma = new PrismaClient({ log: ["query"] });\n  prisma = global.prisma;\n}\nexport { prisma };\n`,
		}));

	it("a guard that sets the global in production too, copied or not", () =>
		quiet({
			"src/server.ts": server("rooms", "guests"),
			"src/routes/rooms.ts": route("const prisma = (globalThis.prisma ??= new PrismaClient());"),
			"src/routes/guests.ts": route("const prisma = (globalThis.prisma ??= new PrismaClient());"),
		}));

	it("a read replica beside the primary", () =>
		quiet({
			"src/server.ts": `import "./lib/db.js";\n`,
			"src/lib/db.ts": `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\nexport const replica = new PrismaClient({ datasourceUrl: process.env.REPLICA_URL });\n`,
		}));

	it("clients of two schemas", () =>
		quiet({
			"prisma/schema.prisma": `generator client {\n  provider = "prisma-client"\n  output   = "../src/gen/main"\n}\n`,
			"prisma/audit/schema.prisma": `generator client {\n  provider = "prisma-client"\n  output   = "../../src/gen/audit"\n}\n`,
			"src/lib/db.ts": `import { PrismaClient } from "../gen/main/client.js";\nimport { PrismaClient as Audit } from "../gen/audit/client.js";\nexport const prisma = new PrismaClient();\nexport const audit = new Audit();\n`,
		}));

	it("seeds, scripts and tests, also inside src", () =>
		quiet({
			"src/lib/db.ts": DB,
			"src/server.ts": `import "./lib/db.js";\n`,
			"prisma/seed.ts": DB,
			"src/scripts/backfill.ts": DB,
			"src/rooms.test.ts": DB,
			"scripts/fix.ts": DB,
		}));

	it("one Lambda file per handler", () =>
		quiet({
			"package.json": `{"dependencies":{"@prisma/client":"6.12.0"}}`,
			"handlers/a.js": `const { PrismaClient } = require("@prisma/client");\nconst prisma = new PrismaClient();\nexports.handler = async () => prisma.room.findMany();\n`,
			"handlers/b.js": `const { PrismaClient } = require("@prisma/client");\nconst prisma = new PrismaClient();\nexports.handler = async () => prisma.guest.findMany();\n`,
		}));

	it("a guard that fills the global in development, and a fallback to a new client in production", () =>
		quiet({
			"src/db.ts": `import { PrismaClient } from "@prisma/client";\nif (process.env.NODE_ENV !== "production") {\n  if (!global.db) {\n    global.db = new PrismaClient();\n  }\n}\nexport const prisma = global.db ?? new PrismaClient();\n`,
			"src/server.ts": `import express from "express";\nimport "./db.js";\nexpress().listen(3000);\n`,
		}));

	it("servers of one package, each in a folder of its own", () =>
		quiet({
			"apps/web/src/index.ts": `${DB}import express from "express";\nexpress().listen(3000);\n`,
			"apps/mail/src/index.ts": `${DB}import express from "express";\nexpress().listen(3001);\n`,
		}));

	it("a program that only talks to the server", () =>
		quiet({
			"src/lib/db.ts": DB,
			"src/server.ts": `import express from "express";\nimport "./lib/db.js";\nexpress().listen(3000);\n`,
			"src/watch-rooms.ts": `import { PrismaClient } from "@prisma/client";\nimport { io } from "socket.io-client";\nconst prisma = new PrismaClient();\nasync function main() { io("http://localhost").on("room", () => prisma.room.count()); }\nmain();\n`,
		}));

	it("programs that run one by one", () =>
		quiet({
			"src/import.ts": `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nasync function main() { await prisma.room.findMany(); }\nmain();\n`,
			"src/export.ts": `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nasync function main() { await prisma.room.findMany(); }\nmain().catch(console.error);\n`,
		}));

	it("a script in src that runs only when it is started itself", () =>
		quiet({
			"src/lib/db.ts": DB,
			"src/server.ts": `import express from "express";\nimport "./lib/db.js";\nexpress().listen(3000);\n`,
			"src/repair-rooms.ts": `${DB}export async function repair() { await prisma.room.updateMany({}); }\nif (require.main === module) repair();\n`,
		}));

	it("a client behind a proxy, which stands for it", () =>
		quiet({
			"src/server.ts": server("rooms"),
			"src/lib/db.ts": `import { PrismaClient } from "@prisma/client";\nlet client: PrismaClient | undefined;\nconst make = () => { client ??= new PrismaClient(); return client; };\nexport const prisma = new Proxy({} as PrismaClient, { get: (_, name) => Reflect.get(make(), name) });\n`,
			"src/routes/rooms.ts": route("", `import { prisma } from "../lib/db.js";`),
		}));

	it("comments, strings and generated code", () =>
		quiet({
			"src/lib/db.ts": `${DB}// const second = new PrismaClient();\nexport const text = "new PrismaClient()";\n`,
			"src/generated/prisma/index.js": `class PrismaClient {}\nexports.prisma = new PrismaClient();\n`,
		}));

	it("a class of that name that is not Prisma's", () =>
		quiet({
			"src/server.ts": server("rooms", "guests"),
			"src/lib/fake.ts": `export class PrismaClient {}\n`,
			"src/routes/rooms.ts": route("const prisma = new PrismaClient();", `import { PrismaClient } from "../lib/fake.js";`),
			"src/routes/guests.ts": route("const prisma = new PrismaClient();", `import { PrismaClient } from "../lib/fake.js";`),
		}));

	it("the client that integration tests make, in a folder beside the sources", async () => {
		expect(
			await found({
				"src/lib/db.ts": DB,
				"src/server.ts": server("rooms"),
				"src/routes/rooms.ts": route("", `import { prisma } from "../lib/db.js";`),
				"integration/database.ts": `import { prisma as app } from "../src/lib/db.js";\n${DB}export const isApp = (client: unknown) => client === app;\n`,
				"integration/rooms.integration.test.ts": `import { prisma } from "./database.js";\nawait prisma.room.deleteMany();\n`,
			}),
		).toEqual([]);
	});
});
