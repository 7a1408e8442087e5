import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openProject } from "../../../src/analysis/index.js";

const DB = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;
const ROUTE = `import { PrismaClient } from "@prisma/client";\nimport { prisma as shared } from "../lib/db.js";\nconst prisma = new PrismaClient();\nexport const list = () => [prisma, shared];\n`;

describe("a project", () => {
	let root: string;

	const write = async (path: string, text: string | Buffer): Promise<void> => {
		await mkdir(join(root, path, ".."), { recursive: true });
		await writeFile(join(root, path), text);
	};

	beforeEach(async () => {
		root = await mkdtemp(join(tmpdir(), "leak-lens-"));
		await write("package.json", `{"type":"module","dependencies":{"@prisma/client":"6.12.0","express":"5.0.0"}}`);
		await write("src/lib/db.ts", DB);
		await write("src/routes/rooms.ts", ROUTE);
	});
	afterEach(() => rm(root, { recursive: true, force: true }));

	const open = async () => {
		const project = openProject(root);
		await project.scan();
		return project;
	};
	const lines = (project: Awaited<ReturnType<typeof open>>): readonly string[] =>
		project.findings().map(({ file, line, rule }) => `${file}:${line} ${rule}`);
	/** What a fresh scan of the same folder finds. */
	const cold = async (): Promise<readonly string[]> => lines(await open());

	it("follows an editor's unsaved text, and goes back to the disk's when it is closed", async () => {
		const project = await open();
		expect(lines(project)).toEqual(["src/routes/rooms.ts:3 multiple-clients"]);
		project.setText("src/routes/rooms.ts", `\n\n${ROUTE}`);
		expect(lines(project)).toEqual(["src/routes/rooms.ts:5 multiple-clients"]);
		project.setText("src/routes/rooms.ts", "export {};\n");
		expect(lines(project)).toEqual([]);
		project.setText("src/routes/rooms.ts", undefined);
		expect(lines(project)).toEqual(["src/routes/rooms.ts:3 multiple-clients"]);
	});

	it("follows files that are changed, created, renamed and deleted", async () => {
		const project = await open();
		await write("src/routes/guests.ts", ROUTE);
		await project.refresh(["src/routes/guests.ts"]);
		expect(lines(project)).toEqual(await cold());
		expect(lines(project)).toHaveLength(2);
		await rename(join(root, "src/routes/guests.ts"), join(root, "src/routes/people.ts"));
		await project.refresh(["src/routes/guests.ts", "src/routes/people.ts"]);
		expect(lines(project)).toEqual(await cold());
		await rm(join(root, "src/lib/db.ts"));
		await project.refresh(["src/lib/db.ts"]);
		expect(lines(project)).toEqual(await cold());
	});

	it("sees an edit in one file change the findings of another", async () => {
		await write("src/service.ts", `import { prisma } from "./lib/db.js";\nexport class Service { db = prisma; }\n`);
		await write(
			"src/routes/rooms.ts",
			`import { Service } from "../service.js";\nexport const list = (req, res) => res.json(new Service());\n`,
		);
		const project = await open();
		expect(lines(project)).toEqual([]);
		project.setText(
			"src/service.ts",
			`import { PrismaClient } from "@prisma/client";\nexport class Service { db = new PrismaClient(); }\n`,
		);
		expect(lines(project)).toEqual([
			"src/routes/rooms.ts:2 client-per-call",
			"src/service.ts:2 client-per-call",
			"src/service.ts:2 missing-disconnect",
		]);
		project.setText("src/service.ts", undefined);
		expect(lines(project)).toEqual([]);
	});

	it("survives bad files and says which it could not read", async () => {
		await write("src/binary.ts", Buffer.from([0, 159, 146, 150, 255, 254]));
		await write("src/broken.ts", `${ROUTE}\nfunction ( {{{`);
		await write("src/huge.ts", `const a = "${"x".repeat(5_000_000)}";\n// PrismaClient\n`);
		await write("packages/bad/package.json", "{ not json");
		await write("tsconfig.json", "{ broken");
		await symlink("..", join(root, "src/loop"));
		await mkdir(join(root, "locked"));
		await chmod(join(root, "locked"), 0);
		const report = (await open()).report();
		expect(report.unread.map(({ file }) => file)).toEqual(expect.arrayContaining(["packages/bad/package.json", "src/huge.ts"]));
		expect(report.findings.map(({ file }) => file)).toContain("src/routes/rooms.ts");
	});

	it("can be stopped while it scans", async () => {
		const controller = new AbortController();
		controller.abort(new Error("stopped"));
		await expect(openProject(root).scan({ signal: controller.signal })).rejects.toThrow("stopped");
	});

	it("never says a URL's secrets in its report", async () => {
		await write(".env", "DATABASE_URL=postgresql://admin:hunter2@db.example.com:5433/hotel?connection_limit=40\n");
		await write(
			"prisma/schema.prisma",
			`generator client {\n  provider = "prisma-client-js"\n}\ndatasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n`,
		);
		const project = await open();
		expect(JSON.stringify(project.report())).not.toMatch(/hunter2|admin/);
		expect(project.databaseEndpoints()).toEqual(["db.example.com:5433"]);
	});
});
