import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { readFixtures } from "./fixture.js";
import { scan } from "./scan.js";
import { apply } from "./workspace.js";

const MODULES = join(import.meta.dirname, "../../../node_modules");

/** Runs a fixture's own tests in a process of their own; their output, with the numbers of tests that passed and failed. */
function runTests(files: ReadonlyMap<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), "leak-lens-mocked-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	symlinkSync(MODULES, join(folder, "node_modules"));
	for (const [path, text] of files) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	const args = [join(MODULES, "vitest/vitest.mjs"), "run", "--root", folder, "--reporter", "json"];
	return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).stdout;
}

const PASSED = expect.stringContaining('"numPassedTests":1,"numFailedTests":0');

it("A test that mocks the class goes on to reach the client, through the shared one's module", () => {
	const fixture = readFixtures("use-singleton").find(({ name }) => name === "use-singleton/ts-esm/mocked-class");
	if (!fixture) throw new Error("The fixture is gone.");
	expect(runTests(fixture.before)).toEqual(PASSED);
	const after = new Map([...fixture.before, ...fixture.after]);
	expect(runTests(after)).toEqual(PASSED);
	// It would fail if the file had a client that the mock does not reach.
	const unmocked = `export const users = async () => [];\n`;
	expect(runTests(new Map([...after, ["src/users.ts", unmocked]]))).not.toEqual(PASSED);
}, 120_000);

/** A client class of the workspace's own, which a test can load, and two files that each make a client of it. */
const TWO_CLIENTS: Readonly<Record<string, string>> = {
	"package.json": `{ "name": "app", "type": "module", "dependencies": { "@prisma/client": "^6.19.0", "express": "^5.0.0" } }`,
	"prisma/schema.prisma": `generator client {\n  provider = "prisma-client"\n  output   = "../src/generated"\n}\ndatasource db {\n  provider = "postgresql"\n}\n`,
	"src/generated/client.ts": `export class PrismaClient {\n\tasync $queryRaw(): Promise<unknown[]> {\n\t\tthrow new Error("There is no database.");\n\t}\n}\n`,
	"src/db.ts": `import { PrismaClient } from "./generated/client.js";\nexport const prisma = new PrismaClient();\n`,
	"src/users.ts": `import { PrismaClient } from "./generated/client.js";\nexport const client = new PrismaClient();\nexport const users = () => client.$queryRaw();\n`,
	"src/report.ts": `import { client } from "./users.js";\nexport const report = () => client.$queryRaw();\n`,
	"src/app.ts": `import express from "express";\nimport { prisma } from "./db.js";\nimport { report } from "./report.js";\nimport { users } from "./users.js";\nexpress().get("/", async (req, res) => res.json([await users(), await report(), await prisma.$queryRaw()])).listen(1);\n`,
};
const ROWS = `[{ id: 1 }]`;
const HEAD = `import { expect, test, vi } from "vitest";\n`;
const BODY = `\ntest("lists", async () => expect(await subject()).toEqual(${ROWS}));\n`;

it.each([
	[
		"a module of the class that a factory mocks",
		`import { users as subject } from "../src/users.js";\nvi.mock("../src/generated/client.js", () => ({ PrismaClient: vi.fn(function () { return { $queryRaw: async () => ${ROWS} }; }) }));`,
	],
	[
		"a spy on the class's prototype",
		`import { PrismaClient } from "../src/generated/client.js";\nimport { users as subject } from "../src/users.js";\nvi.spyOn(PrismaClient.prototype, "$queryRaw").mockResolvedValue(${ROWS});`,
	],
	[
		"a mock of the module whose client moves",
		`import { report as subject } from "../src/report.js";\nconst { client } = vi.hoisted(() => ({ client: { $queryRaw: vi.fn() } }));\nvi.mock("../src/users.js", () => ({ client }));\nclient.$queryRaw.mockResolvedValue(${ROWS});`,
	],
	[
		"a mock of the shared client's module beside the class's",
		`import { users as subject } from "../src/users.js";\nconst { fake } = vi.hoisted(() => ({ fake: { $queryRaw: async () => ${ROWS} } }));\nvi.mock("../src/db.js", () => ({ prisma: fake }));\nvi.mock("../src/generated/client.js", () => ({ PrismaClient: class { $queryRaw = fake.$queryRaw; } }));`,
	],
])(
	"%s needs no change",
	async (_form, mock) => {
		const before = new Map(Object.entries({ ...TWO_CLIENTS, "test/subject.test.ts": HEAD + mock + BODY }));
		const { outcome, refused } = (await scan(before)).fixAll({ fix: "use-singleton" }, { kind: "workspace" });
		expect(refused).toEqual([]);
		if (outcome.kind !== "fix") throw new Error(outcome.reason);
		const after = apply(before, outcome.fix.changes);
		expect(after.get("src/users.ts")).not.toContain("new PrismaClient");
		expect(runTests(before)).toEqual(PASSED);
		expect(runTests(after)).toEqual(PASSED);
	},
	120_000,
);
