/** Texts a random edit puts into a workspace. Each changes what some rule, or the workspace's model, rests on. */

/** Statements that go between two lines of a source. */
export const STATEMENTS: readonly string[] = [
	'import { PrismaClient as Another } from "../../generated/prisma/client.js";\nconst another = new Another();',
	"export const prisma = new PrismaClient();",
	'export { prisma as shared } from "../lib/prisma.js";',
	'export * from "../lib/prisma.js";',
	'import * as service from "../services/availability.js";',
	"export function makeClient() { return new PrismaClient(); }",
	'import { makeClient } from "../lib/extra.js";\nexport const made = () => makeClient();',
	'const { PrismaClient } = require("@prisma/client");',
	"setInterval(() => prisma.room.count(), 1_000);",
	'prisma.$on("query", (event) => history.push(event));',
	"const history: unknown[] = [];",
	"history.length = 0;",
	"await prisma.$disconnect();",
	"await prisma.$transaction(async (tx) => { await fetch(url); await prisma.room.count(); });",
	"const pool = new Pool({ max: 40, idleTimeoutMillis: 900_000 });",
	"// prisma-leak-lens-disable-next-line multiple-clients",
	"app.listen(3000);",
	"if (require.main === module) { main(); }",
	"class Tracker { constructor(private readonly db = new PrismaClient()) {} }",
	"export class Manager extends PrismaClient {}",
	"}",
	"{",
	"/*",
	"`",
];

/** New files. The names in them are those of `examples/leaky-hotel`. */
export const SOURCES: readonly string[] = [
	'export * from "./prisma.js";\nexport { queryHistory } from "./query-history.js";\n',
	'import { PrismaClient } from "../../generated/prisma/client.js";\nexport const prisma = new PrismaClient();\nexport const makeClient = () => new PrismaClient();\n',
	'import { Router } from "express";\nimport { UsageTracker } from "../services/usage-tracker.js";\nexport const extra = Router();\nextra.get("/", async (_request, response) => response.json(await new UsageTracker().calls(1)));\n',
	'import { prisma } from "@/lib/prisma.js";\nimport { charge } from "./charge.js";\nexport const pay = () => prisma.$transaction(async (tx) => { await charge(tx); await charge(); });\n',
	'import { prisma } from "../lib/prisma.js";\nimport { sleep } from "../lib/payment-provider.js";\nexport async function charge(tx = prisma) { await fetch("https://bank.example"); return tx.room.count(); }\n',
	'import { prisma } from "../lib/prisma.js";\nasync function main() { await prisma.room.count(); }\nmain();\n',
	'import { PrismaPg } from "@prisma/adapter-pg";\nimport { Pool } from "pg";\nimport { limits } from "./limits.js";\nconst pool = new Pool({ max: limits.max });\nexport const adapter = new PrismaPg(pool);\n',
	"export const limits = { max: 25, idle: 5 * 60 * 1000 };\n",
	'module.exports = require("./prisma.js");\n',
	"",
	"\u{feff}import { prisma } from '../lib/prisma.js';\r\nexport const count = () => prisma.room.count();\r\n",
];

export const SOURCE_PLACES: readonly string[] = [
	"src/lib/extra.ts",
	"src/lib/index.ts",
	"src/lib/limits.ts",
	"src/lib/prisma/index.ts",
	"src/lib/prisma.js",
	"src/routes/extra.ts",
	"src/routes/extra.test.ts",
	"src/services/charge.ts",
	"src/services/charge.mts",
	"src/services/index.tsx",
	"src/extra.cjs",
	"scripts/report.ts",
	"prisma/seed.ts",
	"test/rooms.test.ts",
	"packages/jobs/src/index.ts",
	"packages/jobs/src/main.js",
	"generated/prisma/client.ts",
];

const manifest = (dependencies: Record<string, string>, more: object = {}): string =>
	JSON.stringify({ name: "leaky-hotel", type: "module", dependencies, ...more });

/** What project files may say, by path; null for a file that is not there. */
export const PROJECT_FILES: Readonly<Record<string, readonly (string | null)[]>> = {
	"package.json": [
		manifest({ "@prisma/client": "7.10.0", "@prisma/adapter-pg": "7.10.0", express: "5.3.0" }),
		manifest({ "@prisma/client": "^5.10.0", express: "5.3.0" }, { type: "commonjs" }),
		manifest({ "@prisma/client": "6.19.3", "@nestjs/core": "11.0.0" }, { scripts: { "db:seed": "tsx src/routes/guests.ts" } }),
		manifest({ "@prisma/client": "^7", next: "15.0.0" }, { workspaces: ["packages/*"] }),
		manifest({ next: "15.0.0", jobs: "workspace:*" }),
		null,
	],
	"packages/jobs/package.json": [manifest({ "@prisma/client": "^6.1.0", bullmq: "5.0.0" }, { name: "jobs", main: "src/index.ts" }), null],
	"prisma/schema.prisma": [
		'generator client {\n  provider = "prisma-client"\n  output = "../generated/prisma"\n}\ndatasource db {\n  provider = "postgresql"\n}\nmodel Room {\n  id Int @id\n}\n',
		'generator client {\n  provider = "prisma-client-js"\n  output = "../src/lib/generated"\n  previewFeatures = ["metrics", "tracing"]\n}\ndatasource db {\n  provider = "mysql"\n  url = "mysql://root:secret@db.example:3306/hotel?connection_limit=30"\n}\n',
		"generator client {",
		null,
	],
	"prisma/models/room.prisma": ["model Guest {\n  id Int @id\n}\nmodel Payment {\n  id Int @id\n}\n", null],
	"prisma.config.ts": [
		'import { defineConfig } from "prisma/config";\nexport default defineConfig({ schema: "prisma" });\n',
		'import { PrismaClient } from "./generated/prisma/client.js";\nexport const prisma = new PrismaClient();\nexport default { migrations: { seed: "tsx src/services/availability.ts" } };\n',
		null,
	],
	".env": [
		'DATABASE_URL="postgresql://a:b@db.example:5432/hotel?connection_limit=40&pool_timeout=0"\n',
		'DATABASE_URL="postgresql://a:b@127.0.0.1:5432/hotel"\n',
		null,
	],
	"tsconfig.json": [
		'{"compilerOptions":{"module":"NodeNext","baseUrl":".","paths":{"@/*":["src/*"]}}}',
		'{"compilerOptions":{"paths":{"@/*":["./src/lib/../*"],"../lib/*":["./src/services/*"]}}} // later',
		'{"extends":"./tsconfig.base.json"}',
		'{"compilerOptions":{',
		null,
	],
	"tsconfig.base.json": ['{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}', "[]", null],
	".gitignore": ["node_modules/\n", "node_modules/\ngenerated/\nsrc/services/\n", "*.mts\nscripts\n!.env\n", null],
	"package-lock.json": [
		'{"lockfileVersion":3,"packages":{"node_modules/@prisma/client":{"version":"5.22.0"}}}',
		'{"lockfileVersion":3,"packages":{"node_modules/@prisma/client":{"version":"7.1.0"}}}',
		null,
	],
	"wrangler.toml": ['name = "hotel"\n', null],
};
