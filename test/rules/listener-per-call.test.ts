import { describe, expect, it } from "vitest";
import { check, type Files, places } from "./support.js";

const RULE = "listener-per-call";
const DB = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;

const found = async (files: Files): Promise<readonly string[]> => places(await check(files), RULE);

describe(`${RULE} finds`, () => {
	it("$on in a handler, and says so", async () => {
		const findings = await check({
			"src/db.ts": DB,
			"src/rooms.ts": `import { prisma } from "./db.js";\nexport async function rooms(req, res) {\n  prisma.$on("query", (e) => console.log(e));\n  res.json(await prisma.room.findMany());\n}\n`,
		});
		const finding = findings.find(({ rule }) => rule === RULE);
		expect(finding).toMatchObject({
			severity: "warning",
			file: "src/rooms.ts",
			line: 3,
			column: 10,
			endColumn: 13,
			fixes: ["hoist-listener"],
		});
		expect(finding?.message).toBe(
			"$on runs per request here, and a listener cannot be removed: they pile up on the client, and each query runs all of them. Add it once, where the client is made.",
		);
	});

	it("$use in a helper that a handler calls in another file", async () => {
		expect(
			await found({
				"src/audit.ts": `import { prisma } from "./db.js";\nexport function audit() {\n  prisma.$use((params, next) => next(params));\n}\n`,
				"src/db.ts": DB,
				"src/rooms.ts": `import { prisma } from "./db.js";\nimport { audit } from "./audit.js";\nexport async function rooms(req, res) {\n  audit();\n  res.json(await prisma.$transaction([]));\n}\n`,
			}),
		).toEqual(["src/audit.ts:3"]);
	});

	it("$extends in a handler, as an info", async () => {
		const findings = await check({
			"src/db.ts": DB,
			"src/rooms.ts": `import { prisma } from "./db.js";\nexport async function rooms(req, res) {\n  const db = prisma.$extends({});\n  res.json(await db.room.findMany());\n}\n`,
		});
		expect(findings).toMatchObject([{ rule: RULE, severity: "info", line: 3 }]);
	});

	it("CommonJS", async () => {
		expect(
			await found({
				"package.json": `{"dependencies":{"@prisma/client":"5.12.0","express":"4.0.0"}}`,
				"src/db.js": `const { PrismaClient } = require("@prisma/client");\nmodule.exports = new PrismaClient();\n`,
				"src/app.js": `const prisma = require("./db");\nconst app = require("express")();\napp.get("/", (req, res) => {\n  prisma.$on("query", console.log);\n  res.end();\n});\n`,
			}),
		).toEqual(["src/app.js:4"]);
	});
});

describe(`${RULE} leaves alone`, () => {
	const QUIET: Readonly<Record<string, string>> = {
		"a listener beside the client": `prisma.$on("query", (e) => console.log(e));\n`,
		"an extension beside the client": `export const db = prisma.$extends({}).$extends({});\n`,
		"a helper that runs once": `function hook(client) { client.$on("query", console.log); return client; }\nexport const hooked = hook(prisma);\n`,
		"a client of its own": `export async function copy(req, res) {\n  const own = new PrismaClient();\n  own.$on("query", console.log);\n  try { res.json(await own.room.findMany()); } finally { await own.$disconnect(); }\n}\n`,
		"a subclass's constructor": `export class Service extends PrismaClient { constructor() { super(); this.$on("query", console.log); } }\n`,
		"a flag": `let hooked = false;\nexport async function rooms(req, res) {\n  if (!hooked) { hooked = true; prisma.$on("query", console.log); }\n  res.json(await prisma.room.findMany());\n}\n`,
		"a kept extension": `let db;\nexport async function rooms(req, res) {\n  db ??= prisma.$extends({});\n  res.json(await db.room.findMany());\n}\n`,
		"a defined extension": `import { Prisma } from "@prisma/client";\nexport const extension = Prisma.defineExtension((client) => client.$extends({}));\n`,
		"a function nobody calls": `export function hook(client: PrismaClient) { client.$on("query", console.log); }\n`,
	};
	it.each(Object.entries(QUIET))("%s", async (_form, body) => {
		expect(await found({ "src/db.ts": `${DB}${body}` })).toEqual([]);
	});
});
