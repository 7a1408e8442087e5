import { describe, expect, it } from "vitest";
import { DB, route, server } from "./express-app.js";
import { check, type Files, places } from "./support.js";

const found = async (files: Files): Promise<readonly string[]> => places(await check(files), "multiple-clients");

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

	it("a client whose chain of $extends ends in withAccelerate()", () =>
		quiet({
			"package.json": `{"type":"module","dependencies":{"@prisma/client":"6.12.0","@prisma/extension-accelerate":"2.0.0","express":"5.0.0"}}`,
			"src/lib/db.ts": `import { PrismaClient } from "@prisma/client";\nimport { withAccelerate } from "@prisma/extension-accelerate";\nconst base = new PrismaClient();\nexport const prisma = base.$extends({}).$extends(withAccelerate());\n`,
			"src/server.ts": server("rooms"),
			"src/routes/rooms.ts": route("", `import { prisma } from "../lib/db.js";`),
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

	it("generated declarations, committed build output, archives and backups", () =>
		quiet({
			"src/lib/db.ts": DB,
			"src/server.ts": `import "./lib/db.js";\n`,
			"src/lib/client.d.ts": `import { PrismaClient } from "@prisma/client";\nexport declare const prisma: PrismaClient;\n`,
			"dist/lib/db.js": `const { PrismaClient } = require("@prisma/client");\nexports.prisma = new PrismaClient();\n`,
			"archive/db.ts": DB,
			"src/_archive/db.ts": DB,
			"backup/src/db.ts": DB,
			"src/lib/db.backup.ts": DB,
			"src/lib/db.old.ts": DB,
		}));

	it("test containers, also inside src", () =>
		quiet({
			"src/lib/db.ts": DB,
			"src/server.ts": `import "./lib/db.js";\n`,
			"src/testing/containers.ts": `import { PrismaClient } from "@prisma/client";\nimport { PostgreSqlContainer } from "@testcontainers/postgresql";\nexport async function database() {\n  const container = await new PostgreSqlContainer().start();\n  return new PrismaClient({ datasourceUrl: container.getConnectionUri() });\n}\nexport const prisma = new PrismaClient();\n`,
			"src/seeds/rooms.ts": DB,
			"src/__tests__/db.ts": DB,
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
