import { describe, expect, it } from "vitest";
import type { Analysis } from "../../../src/analysis/index.js";
import { readFixtures } from "../fixes/fixture.js";
import { scan } from "../fixes/scan.js";
import { apply } from "../fixes/workspace.js";

const fixable = (analysis: Analysis) => analysis.findings().filter(({ fixes }) => fixes.includes("use-singleton"));

describe("Use singleton, from the analysis' own findings", () => {
	const fixtures = readFixtures("use-singleton");

	it.each(fixtures)("leaves nothing to fix, $name", async ({ before }) => {
		const analysis = await scan(before);
		const { outcome, refused } = analysis.fixAll({ fix: "use-singleton" }, { kind: "workspace" });
		expect(refused).toEqual([]);
		if (fixable(analysis).length === 0) return expect(outcome.kind).toBe("refused");
		if (outcome.kind !== "fix") throw new Error(outcome.reason);
		const fixed = await scan(apply(before, outcome.fix.changes));
		expect(fixable(fixed)).toEqual([]);
		expect(fixed.fixAll({ fix: "use-singleton" }, { kind: "workspace" }).outcome.kind).toBe("refused");
	});

	it("finds something to fix in most of them", async () => {
		const counts = await Promise.all(fixtures.map(async ({ before }) => fixable(await scan(before)).length));
		expect(counts.filter((count) => count > 0).length).toBeGreaterThan(fixtures.length * 0.8);
	});
});

const PACKAGE = `{ "name": "app", "type": "module", "dependencies": { "@prisma/client": "^6.19.0", "express": "^5.0.0" } }`;
const USER = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const count = () => prisma.user.count();\n`;

/** Other modules that import the shared one make it plain that it is shared. */
function workspace(shared: string, name: string): Map<string, string> {
	const importers = ["a", "b", "c"].map((file): [string, string] => [
		`src/${file}.ts`,
		`import { ${name} } from "./db.js";\nexport const ${file} = ${name};\n`,
	]);
	return new Map([["package.json", PACKAGE], ["src/db.ts", shared], ["src/users.ts", USER], ...importers]);
}

describe("The shared client is reached", () => {
	const HEAD = `import { PrismaClient } from "@prisma/client";\n`;

	it.each([
		["as an exported variable", `${HEAD}export const prisma = new PrismaClient();`, "prisma", `import { prisma } from "./db.js";`],
		[
			"as a renamed export",
			`${HEAD}const client = new PrismaClient();\nexport { client as db };`,
			"db",
			`import { db as prisma } from "./db.js";`,
		],
		[
			"through a function",
			`${HEAD}let client: PrismaClient | undefined;\nexport function getPrisma() {\n\tclient ??= new PrismaClient();\n\treturn client;\n}`,
			"getPrisma",
			"const prisma = getPrisma();",
		],
		[
			"through a class's static method",
			`${HEAD}export class Database {\n\tprivate static client: PrismaClient | undefined;\n\tstatic get() {\n\t\tDatabase.client ??= new PrismaClient();\n\t\treturn Database.client;\n\t}\n}`,
			"Database",
			"const prisma = Database.get();",
		],
		[
			"through a manager's instance",
			`${HEAD}export class PrismaManager {\n\tprivate static instance: PrismaManager | undefined;\n\tprivate client: PrismaClient | null = null;\n\tprivate constructor() {}\n\tstatic getInstance() {\n\t\tif (!PrismaManager.instance) PrismaManager.instance = new PrismaManager();\n\t\treturn PrismaManager.instance;\n\t}\n\tasync connect() {\n\t\treturn this.getClient();\n\t}\n\tgetClient() {\n\t\tif (!this.client) this.client = new PrismaClient();\n\t\treturn this.client;\n\t}\n}`,
			"PrismaManager",
			"const prisma = PrismaManager.getInstance().getClient();",
		],
	])("%s", async (_form, shared, name, expected) => {
		const files = workspace(shared, name);
		const analysis = await scan(files);
		const [finding] = analysis.findings("src/users.ts");
		if (!finding) throw new Error("Nothing was found.");
		const [outcome] = analysis.fixes(finding);
		if (outcome?.kind !== "fix") throw new Error(outcome?.reason ?? "There is no fix.");
		expect(outcome.fix.title).toBe("Use singleton from src/db.ts");
		expect(apply(files, outcome.fix.changes).get("src/users.ts")).toContain(expected);
	});

	it("by asking for it, where a framework makes it", async () => {
		const analysis = await scan(
			new Map([
				["package.json", `{ "name": "app", "dependencies": { "@prisma/client": "^6.19.0", "@nestjs/common": "^11.0.0" } }`],
				[
					"src/prisma.service.ts",
					`import { Injectable } from "@nestjs/common";\n${HEAD}@Injectable()\nexport class PrismaService extends PrismaClient {}`,
				],
				["src/users.ts", `${USER}import "./prisma.service";\n`],
				["src/main.ts", `import "./users";\n`],
			]),
		);
		const [finding] = analysis.findings("src/users.ts");
		if (!finding) throw new Error("Nothing was found.");
		expect(analysis.fixes(finding)).toEqual([
			{ kind: "refused", id: "use-singleton", reason: expect.stringMatching(/^The framework makes the client of src\/prisma.service.ts/) },
		]);
	});

	it("by taking it from the container that hands it out", async () => {
		const analysis = await scan(
			new Map([
				["package.json", `{ "name": "app", "type": "module", "dependencies": { "@prisma/client": "^6.19.0", "awilix": "^10.0.0" } }`],
				[
					"src/container.ts",
					`import { asFunction, createContainer } from "awilix";\n${HEAD}export const container = createContainer().register({ db: asFunction(() => new PrismaClient()).singleton() });`,
				],
				["src/users.ts", `${USER}import "./container.js";\n`],
				["src/main.ts", `import "./users.js";\n`],
			]),
		);
		const [finding] = analysis.findings("src/users.ts");
		if (!finding) throw new Error("Nothing was found.");
		expect(finding.message).toContain("Have the one from src/container.ts handed to it.");
		expect(analysis.fixes(finding)).toEqual([
			{
				kind: "refused",
				id: "use-singleton",
				reason: expect.stringMatching(/^The client of src\/container.ts is handed out by a container/),
			},
		]);
	});
});

describe("Fixing all", () => {
	it("keeps to one file or folder, and to one rule", async () => {
		const files = new Map([
			...workspace(`import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();`, "prisma"),
			["src/guests.ts", USER],
		]);
		const analysis = await scan(files);
		const changed = (outcome: ReturnType<Analysis["fixAll"]>["outcome"]) =>
			outcome.kind === "fix" ? outcome.fix.changes.map(({ file }) => file) : [];
		expect(changed(analysis.fixAll({}, { kind: "file", file: "src/users.ts" }).outcome)).toEqual(["src/users.ts"]);
		expect(changed(analysis.fixAll({ rule: "multiple-clients" }, { kind: "folder", folder: "src" }).outcome)).toEqual([
			"src/guests.ts",
			"src/users.ts",
		]);
		expect(changed(analysis.fixAll({ rule: "pool-size" }, { kind: "workspace" }).outcome)).toEqual([]);
		expect(analysis.fixAll({ fix: "no-such-fix" }, { kind: "workspace" }).outcome.kind).toBe("refused");
	});

	it("leaves hints alone unless their rule or fix is named", async () => {
		const files = new Map([
			["package.json", PACKAGE],
			["src/db.ts", `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`],
			["src/run.ts", `import { prisma } from "./db.js";\nexport const run = async (work) => prisma.$transaction(work);\n`],
		]);
		const analysis = await scan(files);
		expect(analysis.findings()).toMatchObject([{ rule: "transaction-timeout", severity: "hint", fixes: ["cleanup-transaction"] }]);
		const fixed = (selection: Parameters<Analysis["fixAll"]>[0]) => analysis.fixAll(selection, { kind: "workspace" }).outcome.kind;
		expect(fixed({})).toBe("refused");
		expect(fixed({ rule: "transaction-timeout" })).toBe("fix");
		expect(fixed({ fix: "cleanup-transaction" })).toBe("fix");
	});
});
