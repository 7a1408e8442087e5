import { describe, expect, it } from "vitest";
import { openProject } from "../../../src/analysis/index.js";
import type { ClientLens, FileRange } from "../../../src/protocol/index.js";
import { type Files, writeTree } from "../workspace/tree.js";

const PACKAGE = { name: "app", type: "module", dependencies: { "@prisma/client": "6.12.0", express: "5.0.0" } };
const CLIENT = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;
const own = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const rooms = () => prisma.room.findMany();\n`;
const uses = (from: string): string => `import { prisma } from "${from}";\nexport const list = () => prisma.room.findMany();\n`;

interface Shown {
	readonly title: string;
	readonly places: readonly string[];
}

/** The lenses of a file, and what a click on each shows: `file:line:column`. */
async function lenses(files: Files, file: string): Promise<readonly Shown[]> {
	const project = openProject(await writeTree({ "package.json": PACKAGE, ...files }));
	await project.scan();
	return project.lenses(file).map((lens: ClientLens) => ({ title: lens.title, places: project.lensPlaces(lens).map(placeText) }));
}

const placeText = ({ file, line, column }: FileRange): string => `${file}:${line}:${column}`;

describe("the lens above a client", () => {
	it("counts the files that share it, and leads to their imports", async () => {
		const files = {
			"src/prisma.ts": CLIENT,
			"src/rooms.ts": uses("./prisma.js"),
			"src/guests.ts": `// guests\n${uses("./prisma.js")}`,
			"tests/rooms.test.ts": uses("../src/prisma.js"),
		};
		expect(await lenses(files, "src/prisma.ts")).toEqual([
			{ title: "shared by 2 files", places: ["src/guests.ts:2:25", "src/rooms.ts:1:25"] },
		]);
	});

	it("looks through modules that only pass it on", async () => {
		const files = {
			"src/lib/prisma.ts": CLIENT,
			"src/lib/index.ts": 'export * from "./prisma.js";\n',
			"src/rooms.ts": uses("./lib/index.js"),
		};
		expect(await lenses(files, "src/lib/prisma.ts")).toEqual([{ title: "shared by 1 file", places: ["src/rooms.ts:1:25"] }]);
	});

	it("of the others says which of how many it is, and leads to all of them", async () => {
		const server = `import express from "express";\nimport { list } from "./list.js";\nimport { rooms } from "./rooms.js";\nconst app = express();\napp.get("/", async (_q, r) => r.json([await rooms(), await list()]));\napp.listen(3000);\n`;
		const files = { "src/prisma.ts": CLIENT, "src/list.ts": uses("./prisma.js"), "src/rooms.ts": own, "src/server.ts": server };
		expect(await lenses(files, "src/rooms.ts")).toEqual([{ title: "2 of 2 clients", places: ["src/prisma.ts:2:23", "src/rooms.ts:2:16"] }]);
		expect(await lenses(files, "src/prisma.ts")).toEqual([{ title: "shared by 1 file", places: ["src/list.ts:1:25"] }]);
	});

	it("counts no client of another process", async () => {
		const worker = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nasync function main() {\n\tawait prisma.room.findMany();\n}\nvoid main();\n`;
		expect(await lenses({ "src/worker-a.ts": worker, "src/worker-b.ts": worker }, "src/worker-a.ts")).toEqual([]);
	});

	it("stands above a service that a container builds", async () => {
		const files = {
			"package.json": { ...PACKAGE, dependencies: { ...PACKAGE.dependencies, "@nestjs/common": "11.0.0" } },
			"src/prisma.service.ts": `import { Injectable } from "@nestjs/common";\nimport { PrismaClient } from "@prisma/client";\n@Injectable()\nexport class PrismaService extends PrismaClient {}\n`,
			"src/rooms.service.ts": `import { PrismaService } from "./prisma.service.js";\nexport class Rooms {\n\tconstructor(readonly prisma: PrismaService) {}\n}\n`,
		};
		expect(await lenses(files, "src/prisma.service.ts")).toEqual([{ title: "shared by 1 file", places: ["src/rooms.service.ts:1:32"] }]);
	});

	it("is absent from a lone client that nobody imports, from tests and seeds", async () => {
		expect(await lenses({ "src/main.ts": own }, "src/main.ts")).toEqual([]);
		expect(await lenses({ "tests/db.ts": CLIENT, "tests/a.test.ts": uses("./db.js") }, "tests/db.ts")).toEqual([]);
		expect(await lenses({ "prisma/seed.ts": own }, "prisma/seed.ts")).toEqual([]);
	});
});
