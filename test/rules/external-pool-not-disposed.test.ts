import { describe, expect, it } from "vitest";
import { findingsOf, found } from "./found.js";
import { type Files, PRISMA_7 } from "./support.js";

const RULE = "external-pool-not-disposed";
const IMPORTS = `import { Pool } from "pg";\nimport { PrismaPg } from "@prisma/adapter-pg";\nimport { PrismaClient } from "./generated/prisma/client.js";\n`;

const app = (text: string, file = "src/db.ts"): Files => ({ "package.json": PRISMA_7, [file]: IMPORTS + text });

/** A store that closes its client, with `end` after `$disconnect` and `second` as the adapter's second argument. */
const store = (second = "", end = ""): Files =>
	app(`export class Store {
	private pool = new Pool({ max: 3 });
	private prisma = new PrismaClient({ adapter: new PrismaPg(this.pool${second}) });
	find = () => this.prisma.room.findMany();
	async close() {
		await this.prisma.$disconnect();
		${end}
	}
}
`);

describe("external-pool-not-disposed warns of", () => {
	it("a class whose close leaves the pool open, at the pool argument", async () => {
		expect(await found(RULE, store())).toEqual(["warning src/db.ts this.pool"]);
		const [finding] = await findingsOf(RULE, store());
		expect(finding?.message).toBe(
			"Store closes its client with $disconnect, which leaves this pool open. Pass { disposeExternalPool: true } as the adapter's second argument, or call end() on the pool after $disconnect.",
		);
		expect(finding?.related.map(({ line, message }) => `${line} ${message}`)).toEqual(["5 The pool is made here."]);
		expect(finding?.fixes).toEqual(["dispose-external-pool"]);
	});

	it("the same with other adapter options", async () => {
		expect(await found(RULE, store(', { schema: "app" }'))).toEqual(["warning src/db.ts this.pool"]);
		expect(await found(RULE, store(", { disposeExternalPool: false }"))).toEqual(["warning src/db.ts this.pool"]);
	});

	it("a service that extends PrismaClient", async () => {
		const files = app(
			`import { Injectable } from "@nestjs/common";\n@Injectable()\nexport class PrismaService extends PrismaClient {\n\tconstructor() {\n\t\tconst pool = new Pool({ max: 3 });\n\t\tsuper({ adapter: new PrismaPg(pool) });\n\t}\n\tasync onModuleDestroy() {\n\t\tawait this.$disconnect();\n\t}\n}\n`,
			"src/prisma.service.ts",
		);
		expect(await found(RULE, files)).toEqual(["warning src/prisma.service.ts pool"]);
	});

	it("a client and a pool per request", async () => {
		const files = app(
			`import express from "express";\nconst app = express();\napp.get("/rooms", async (request, response) => {\n\tconst prisma = new PrismaClient({ adapter: new PrismaPg(new Pool({ max: 2 })) });\n\ttry {\n\t\tresponse.json(await prisma.room.findMany());\n\t} finally {\n\t\tawait prisma.$disconnect();\n\t}\n});\napp.listen(3000);\n`,
		);
		expect(await found(RULE, files)).toEqual(["warning src/db.ts new Pool({ max: 2 })"]);
		expect((await findingsOf(RULE, files))[0]?.message).toContain("A pool is made here per request");
	});

	it("the same in JavaScript", async () => {
		const files = {
			"package.json": PRISMA_7.replace('"type":"module",', ""),
			"src/server.js": `const express = require("express");\nconst { Pool } = require("pg");\nconst { PrismaPg } = require("@prisma/adapter-pg");\nconst { PrismaClient } = require("./generated/prisma/client");\nconst app = express();\napp.get("/rooms", async (request, response) => {\n\tconst pool = new Pool();\n\tconst prisma = new PrismaClient({ adapter: new PrismaPg(pool) });\n\tresponse.json(await prisma.room.findMany());\n\tawait prisma.$disconnect();\n});\napp.listen(3000);\n`,
		};
		expect(await found(RULE, files)).toEqual(["warning src/server.js pool"]);
	});
});

describe("external-pool-not-disposed stays quiet about", () => {
	const SHARED = "const pool = new Pool({ max: 3 });\nexport const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });\n";
	it.each([
		["a server's one client and pool", app(SHARED)],
		["the same, closed when the process ends", app(`${SHARED}process.on("SIGTERM", () => prisma.$disconnect());\n`)],
		["a pool the adapter disposes of", store(", { disposeExternalPool: true }")],
		["adapter options that are not known", store(", options")],
		["a pool that is ended", store("", "await this.pool.end();")],
		["a pool that others query", store("", 'await this.pool.query("select 1");')],
		[
			"a pool made once for clients made again and again",
			app(
				`import express from "express";\nconst pool = new Pool({ max: 3 });\nconst app = express();\napp.get("/", async (request, response) => {\n\tconst prisma = new PrismaClient({ adapter: new PrismaPg(pool) });\n\tresponse.json(await prisma.room.findMany());\n\tawait prisma.$disconnect();\n});\napp.listen(3000);\n`,
			),
		],
		[
			"an adapter that makes its own pool",
			app(
				`export class Store {\n\tprivate prisma = new PrismaClient({ adapter: new PrismaPg({ max: 3 }) });\n\tclose = () => this.prisma.$disconnect();\n}\n`,
			),
		],
		[
			"a class without a close",
			app(
				`export class Store {\n\tprivate pool = new Pool();\n\tprivate prisma = new PrismaClient({ adapter: new PrismaPg(this.pool) });\n\tfind = () => this.prisma.room.findMany();\n}\n`,
			),
		],
		["scripts", app(`${SHARED}await prisma.$disconnect();\n`, "scripts/copy.ts")],
		["tests", { "package.json": PRISMA_7, "test/store.test.ts": store()["src/db.ts"] ?? "" }],
	] as const)("%s", async (_title, files) => {
		expect(await found(RULE, files)).toEqual([]);
	});
});
