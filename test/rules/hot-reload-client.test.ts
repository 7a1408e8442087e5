import { describe, expect, it } from "vitest";
import { findingsOf, found } from "./found.js";
import type { Files } from "./support.js";

const RULE = "hot-reload-client";
const PLAIN = 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n';

const manifest = (...dependencies: string[]): string =>
	JSON.stringify({
		name: "app",
		type: "module",
		dependencies: Object.fromEntries([["@prisma/client", "6.12.0"], ...dependencies.map((name) => [name, "1.0.0"])]),
	});

const app = (framework: string, text = PLAIN, more: Files = {}): Files => ({
	"package.json": manifest(framework),
	"lib/prisma.ts": text,
	...more,
});

describe("hot-reload-client informs of a module-level client", () => {
	it.each([
		["next", "Next.js"],
		["nuxt", "Nuxt"],
		["@sveltejs/kit", "SvelteKit"],
		["@remix-run/node", "Remix"],
		["@react-router/node", "Remix"],
		["astro", "Astro"],
		["@solidjs/start", "SolidStart"],
		["vite-plugin-node", "Vite"],
	])("under %s", async (framework, name) => {
		expect(await found(RULE, app(framework))).toEqual(["info lib/prisma.ts new PrismaClient"]);
		const [finding] = await findingsOf(RULE, app(framework));
		expect(finding?.message).toContain(`In development ${name} loads changed modules anew in the same process`);
		expect(finding?.fixes).toEqual(["guard-hot-reload"]);
	});

	it("under Nest with webpack's hot module replacement", async () => {
		const files = { ...app("@nestjs/core"), "package.json": manifest("@nestjs/core", "run-script-webpack-plugin") };
		expect(await found(RULE, files)).toEqual(["info lib/prisma.ts new PrismaClient"]);
	});

	it("kept by its module only", async () => {
		const lazy =
			'import { PrismaClient } from "@prisma/client";\nlet client: PrismaClient | undefined;\nexport function db() {\n\tclient ??= new PrismaClient();\n\treturn client;\n}\n';
		expect(await found(RULE, app("next", lazy))).toEqual(["info lib/prisma.ts new PrismaClient"]);
	});

	it("in JavaScript", async () => {
		const files = {
			"package.json": manifest("next").replace('"type":"module",', ""),
			"lib/prisma.js": 'const { PrismaClient } = require("@prisma/client");\nmodule.exports = new PrismaClient();\n',
			"pages/index.js": 'const prisma = require("../lib/prisma");\nexport default () => prisma;\n',
		};
		expect(await found(RULE, files)).toEqual(["info lib/prisma.js new PrismaClient"]);
	});

	it("in a workspace package that such an app imports", async () => {
		const files = {
			"package.json": '{"name":"root","workspaces":["apps/*","packages/*"]}',
			"packages/db/package.json": '{"name":"@acme/db","main":"index.ts","dependencies":{"@prisma/client":"6.12.0"}}',
			"packages/db/index.ts": PLAIN,
			"apps/web/package.json": '{"name":"web","dependencies":{"next":"15.0.0","@acme/db":"workspace:*"}}',
			"apps/web/app/page.tsx": 'import { prisma } from "@acme/db";\nexport default async () => <p>{await prisma.room.count()}</p>;\n',
		};
		expect(await found(RULE, files)).toEqual(["info packages/db/index.ts new PrismaClient"]);
	});
});

describe("hot-reload-client warns", () => {
	it("where a second such client exists", async () => {
		const files = app("next", PLAIN, {
			"app/api/rooms/route.ts":
				'import { PrismaClient } from "@prisma/client";\nimport { prisma as shared } from "../../../lib/prisma";\nconst prisma = new PrismaClient();\nexport const GET = async () => Response.json([await prisma.room.findMany(), await shared.room.count()]);\n',
		});
		expect(await found(RULE, files)).toEqual(["warning lib/prisma.ts new PrismaClient"]);
		expect((await findingsOf(RULE, files))[0]?.related).toHaveLength(1);
	});
});

describe("hot-reload-client stays quiet about", () => {
	const guard = (text: string): Files => app("next", `import { PrismaClient } from "@prisma/client";\n${text}`);
	it.each([
		["servers that restart", app("express")],
		["Nest, which restarts", app("@nestjs/core")],
		[
			"a server that takes parts of Next.js only",
			{
				"package.json": manifest("next", "express"),
				"src/server.ts": `import express from "express";\n${PLAIN}const app = express();\napp.get("/", async (request, response) => response.json(await prisma.room.findMany()));\napp.listen(3000);\n`,
			},
		],
		[
			"a guard with ??",
			guard(
				"const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };\nexport const prisma = globalForPrisma.prisma ?? new PrismaClient();\nif (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;\n",
			),
		],
		[
			"a guard on a declared global, with a factory",
			guard(
				"const make = () => new PrismaClient();\ndeclare const globalThis: { prisma: ReturnType<typeof make> } & typeof global;\nexport const prisma = globalThis.prisma ?? make();\nif (process.env.NODE_ENV !== 'production') globalThis.prisma = prisma;\n",
			),
		],
		[
			"a guard with if",
			guard(
				"declare const global: { db: PrismaClient };\nif (!global.db) {\n\tglobal.db = new PrismaClient();\n}\nexport default global.db;\n",
			),
		],
		[
			"the branches of production and development",
			guard(
				"let prisma: PrismaClient;\nif (process.env.NODE_ENV === 'production') {\n\tprisma = new PrismaClient();\n} else {\n\tglobal.db ??= new PrismaClient();\n\tprisma = global.db;\n}\nexport { prisma };\n",
			),
		],
		[
			"a caching helper",
			guard('import { singleton } from "./singleton";\nexport const prisma = singleton("prisma", () => new PrismaClient());\n'),
		],
		[
			"a client that the reload closes",
			guard("export const prisma = new PrismaClient();\nimport.meta.hot?.dispose(() => prisma.$disconnect());\n"),
		],
		["Accelerate, which keeps no connections", { ...app("next"), "package.json": manifest("next", "@prisma/extension-accelerate") }],
		["seeds", { "package.json": manifest("next"), "prisma/seed.ts": PLAIN }],
		["tests", { "package.json": manifest("next"), "lib/prisma.test.ts": PLAIN }],
		[
			"what client-per-call reports",
			app("next", 'import { PrismaClient } from "@prisma/client";\nexport const x = 1;\n', {
				"app/api/rooms/route.ts":
					'import { PrismaClient } from "@prisma/client";\nexport const GET = async () => Response.json(await new PrismaClient().room.findMany());\n',
			}),
		],
	] as const)("%s", async (_title, files) => {
		expect(await found(RULE, files)).toEqual([]);
	});
});
