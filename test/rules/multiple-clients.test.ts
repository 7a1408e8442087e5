import { describe, expect, it } from "vitest";
import { DB, route, server } from "./express-app.js";
import { check, type Files, PRISMA_6, PRISMA_7, places } from "./support.js";

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
		"require in a try, typed by import()": [
			`let prismaModule: typeof import("@prisma/client") | undefined;\ntry { prismaModule = require("@prisma/client"); } catch { prismaModule = undefined; }`,
			"prismaModule.PrismaClient",
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

	it("a client generated under another name, renamed on import and extended", async () => {
		const schema = (output: string): string =>
			`generator client {\n  provider = "prisma-client"\n  output   = "${output}"\n}\ndatasource db {\n  provider = "postgresql"\n}\n`;
		const tenants = `import { PrismaClient as TenantPrisma } from "../gen/tenants/client.js";`;
		expect(
			await found({
				"prisma/main/schema.prisma": schema("../../src/gen/main"),
				"prisma/tenants/schema.prisma": schema("../../src/gen/tenants"),
				"src/lib/db.ts": `import { PrismaClient } from "../gen/main/client.js";\nexport const prisma = new PrismaClient();\n`,
				"src/lib/tenants.ts": `${tenants}\nexport const tenants = new TenantPrisma();\n`,
				"src/server.ts": server("rooms", "guests"),
				"src/routes/rooms.ts": route(
					"const prisma = new TenantPrisma();",
					`${tenants}\nimport { tenants } from "../lib/tenants.js";\nexport { tenants };`,
				),
				"src/routes/guests.ts": route(
					"const prisma = new Store();\nimport '../lib/db.js';",
					`${tenants}\nclass Store extends TenantPrisma {}`,
				),
			}),
		).toEqual(["src/lib/tenants.ts:2", "src/routes/guests.ts:4", "src/routes/rooms.ts:5"]);
	});

	it("a client of @prisma/client beside the one generated from the same schema", async () => {
		expect(
			await found({
				"prisma/schema.prisma": `generator client {\n  provider = "prisma-client"\n  output   = "../src/gen"\n}\n`,
				"src/lib/db.ts": `import { PrismaClient } from "../gen/client.js";\nexport const prisma = new PrismaClient();\n`,
				"src/server.ts": server("rooms", "guests"),
				"src/routes/rooms.ts": route("const prisma = new PrismaClient();"),
				"src/routes/guests.ts": route("", `import { prisma } from "../lib/db.js";`),
			}),
		).toEqual(["src/routes/rooms.ts:3"]);
	});

	it("a client in a route that nothing imports by name: its folder is loaded, or it is still being written", async () => {
		expect(
			await found({
				"src/lib/db.ts": DB,
				"src/server.ts": `import express from "express";\nimport "./lib/db.js";\nexpress().listen(3000);\n`,
				"src/routes/rooms.ts": route("const prisma = new PrismaClient();"),
			}),
		).toEqual(["src/routes/rooms.ts:3"]);
	});

	it("a client once, as the graver client-per-call where it is made per request", async () => {
		const findings = await check({
			"src/lib/db.ts": DB,
			"src/server.ts": `import express from "express";\nimport { PrismaClient } from "@prisma/client";\nimport { prisma } from "./lib/db.js";\nconst app = express();\napp.get("/", async (req, res) => {\n  const own = new PrismaClient();\n  res.json([await own.room.count(), await prisma.room.count()]);\n});\napp.listen(3000);\n`,
		});
		expect(findings.map(({ rule, file, line }) => [rule, file, line])).toEqual([["client-per-call", "src/server.ts", 6]]);
	});

	const COSTS: Readonly<Record<string, readonly [manifest: string, options: string, cost: string]>> = {
		"Prisma 6 and its engine": [PRISMA_6, "", "Each opens its own pool (2 × physical CPUs + 1 connections)."],
		"Prisma 7 and node-postgres": [PRISMA_7, "{ adapter: new PrismaPg({}) }", "Each opens its own pool of up to 10 connections."],
		Accelerate: [PRISMA_6.replace('"express"', '"@prisma/extension-accelerate":"2.0.0","express"'), "", "Each takes memory of its own."],
	};
	it.each(Object.entries(COSTS))("and says what each costs on %s", async (_name, [manifest, options, cost]) => {
		const findings = await check({
			"package.json": manifest,
			"src/server.ts": server("rooms", "guests"),
			...Object.fromEntries(
				["rooms", "guests"].map((name) => [
					`src/routes/${name}.ts`,
					route(
						`const prisma = new PrismaClient(${options});`,
						`import { PrismaClient } from "@prisma/client";\nimport { PrismaPg } from "@prisma/adapter-pg";`,
					),
				]),
			),
		});
		expect(findings.find(({ rule }) => rule === "multiple-clients")?.message).toBe(
			`This is one of 2 PrismaClients in the same process. ${cost} Make one client in a module of its own and import it.`,
		);
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
