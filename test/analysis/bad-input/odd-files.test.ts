import { execFileSync } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Analysis, openProject } from "../../../src/analysis/index.js";
import { PRISMA_6 } from "../../rules/support.js";
import { type DiskWorkspace, writeWorkspace } from "../../support/disk-workspace.js";

const CLIENT = 'import { PrismaClient } from "@prisma/client";\n';
const SERVER = `${CLIENT}app.get("/", async () => new PrismaClient().room.count());\n`;
const FOUND = ["client-per-call src/server.ts:2"];

const workspaces: DiskWorkspace[] = [];
afterEach(() => Promise.all(workspaces.splice(0).map((workspace) => workspace.remove())));

async function write(files: Readonly<Record<string, string>>): Promise<string> {
	const workspace = await writeWorkspace({ "package.json": PRISMA_6, "src/server.ts": SERVER, ...files });
	workspaces.push(workspace);
	return workspace.root;
}

async function scan(root: string): Promise<Analysis> {
	const project = openProject(root);
	await project.scan();
	return project;
}

function found(project: Analysis): string[] {
	return project.findings().map(({ rule, file, line }) => `${rule} ${file}:${line}`);
}

describe("a file that is no source one could read", () => {
	it("is passed over with the reason when it is larger than people write", async () => {
		const project = await scan(await write({ "src/data.ts": `${CLIENT}export const data = [\n${'"0123456789",\n'.repeat(400_000)}];` }));
		expect(project.report().unread).toEqual([{ file: "src/data.ts", reason: "It is larger than 1.5 MB." }]);
		expect(found(project)).toEqual(FOUND);
	});

	it("is passed over while it is typed too large, and read again when it is small", async () => {
		const project = await scan(await write({ "src/data.ts": SERVER }));
		const before = found(project);
		project.setText("src/data.ts", `${SERVER}\nexport const data = [\n${'"0123456789",\n'.repeat(150_000)}];`);
		expect(project.report().unread).toEqual([{ file: "src/data.ts", reason: "It is larger than 1.5 MB." }]);
		expect(found(project)).toEqual(FOUND);
		project.setText("src/data.ts", SERVER);
		expect(project.report().unread).toEqual([]);
		expect(found(project)).toEqual(before);
	});

	it("is passed over with the reason when it is a video, or text in another encoding", async () => {
		const root = await write({});
		await writeFile(join(root, "src/film.ts"), Buffer.from([0x47, 0x40, 0, 0x10, ...Buffer.from(SERVER), 0xff, 0xfe, 0]));
		await writeFile(join(root, "src/wide.ts"), Buffer.from(`\u{feff}${SERVER}`, "utf16le"));
		const project = await scan(root);
		const reason = "It is no UTF-8 text.";
		expect(project.report().unread).toEqual([
			{ file: "src/film.ts", reason },
			{ file: "src/wide.ts", reason },
		]);
		expect(found(project)).toEqual(FOUND);
		await writeFile(join(root, "src/wide.ts"), SERVER);
		await project.refresh(["src/wide.ts"]);
		expect(project.report().unread.map(({ file }) => file)).toEqual(["src/film.ts"]);
		expect(found(project)).toEqual([...FOUND, "client-per-call src/wide.ts:2"]);
	});

	it.skipIf(process.platform === "win32")("is not waited for when it is a named pipe, at the start or later", async () => {
		const root = await write({});
		for (const name of [".env", "src/pipe.ts"]) execFileSync("mkfifo", [join(root, name)]);
		const project = await scan(root);
		await project.refresh([".env", "src/pipe.ts"]);
		expect(found(project)).toEqual(FOUND);
	});

	it("is not followed when it is a link, neither in circles nor to itself", async () => {
		const root = await write({ "src/deep/a.ts": "" });
		await symlink(root, join(root, "src/deep/loop"));
		await symlink("self.ts", join(root, "src/self.ts"));
		await symlink("package.json", join(root, "src/package.json"));
		await symlink("server.ts", join(root, "src/other-name.ts"));
		const project = await scan(root);
		await project.refresh(["src/self.ts", "src/other-name.ts", "src/deep/loop"]);
		expect(found(project)).toEqual(FOUND);
		expect(project.report().unread).toEqual([{ file: "src/package.json", reason: "It could not be read: ELOOP." }]);
	});

	it("is read when a zero byte stands in it as a separator", async () => {
		const project = await scan(
			await write({ "src/keys.ts": `${SERVER}const key = (a: string, b: string) => \`\${a}\0\${b}\`;\n${"// keys\n".repeat(20)}` }),
		);
		expect(project.report().unread).toEqual([]);
		expect(found(project)).toEqual(["client-per-call src/keys.ts:2", ...FOUND]);
	});

	it("is listed under a name that only looks like a source when it is a folder", async () => {
		const root = await write({ "src/rooms.ts/index.ts": SERVER });
		await mkdir(join(root, "src/guests.tsx"));
		expect(found(await scan(root))).toEqual(["client-per-call src/rooms.ts/index.ts:2", ...FOUND]);
	});

	it.skipIf(process.platform === "win32")("is named when it, or a folder, may not be read", async () => {
		const root = await write({ "src/secret.ts": SERVER, "private/a.ts": SERVER, ".env": "DATABASE_URL=postgresql://a:b@db/x" });
		for (const path of ["src/secret.ts", "private", ".env"]) await chmod(join(root, path), 0o000);
		await chmod(root, 0o755);
		const project = await asOrdinaryUser(() => scan(root));
		expect(found(project)).toEqual(FOUND);
		expect(project.report().unread).toEqual([
			{ file: ".env", reason: "It could not be read: EACCES." },
			{ file: "private", reason: "The folder could not be read: EACCES." },
			{ file: "src/secret.ts", reason: "It could not be read: EACCES." },
		]);
	});
});

/** Root reads whatever a file's mode says, so it becomes nobody for a while. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
	const isRoot = process.geteuid?.() === 0;
	if (isRoot) process.seteuid?.(65_534);
	try {
		return await work();
	} finally {
		if (isRoot) process.seteuid?.(0);
	}
}

describe("a workspace whose files speak of each other wrongly", () => {
	it("is analysed without a package.json, a lock file or node_modules", async () => {
		const project = await scan(await write({ "package.json": "" }));
		expect(found(project)).toEqual(FOUND);
		expect(project.report().unread.map(({ file }) => file)).toEqual(["package.json"]);
	});

	it.each([
		["that breaks off", '{ "compilerOptions": { "paths": { "@/*": ['],
		["that extends itself", '{ "extends": "./tsconfig.json" }'],
		["that extends what is not there", '{ "extends": "@repo/none/tsconfig.json" }'],
		[
			"of another shape",
			'{ "extends": 1, "compilerOptions": { "paths": { "@/*": "src", "b": [1], "*": [] }, "baseUrl": [] }, "references": {} }',
		],
		["that is a list", "[]"],
		["that is empty", ""],
	])("is analysed with a tsconfig.json %s", async (_, text) => {
		const project = await scan(await write({ "tsconfig.json": text, "src/a.ts": 'import { b } from "@/b";\n' }));
		expect(found(project)).toEqual(FOUND);
	});

	it.each([
		["dependencies in a list", '{ "name": 1, "dependencies": ["@prisma/client"], "scripts": "none", "type": {} }'],
		["exports in a circle", '{ "name": "app", "exports": "./package.json", "imports": { "#a": "#a", "#b": { "default": "#b" } } }'],
		["a main that is not there", '{ "name": "app", "main": "../../..", "workspaces": ["**"], "dependencies": { "app": "*" } }'],
		["null", "null"],
	])("is analysed with a package.json of %s", async (_, text) => {
		const project = await scan(
			await write({ "package.json": text, "src/a.ts": 'import a from "#a";\nimport b from "#b";\nimport c from "app";\n' }),
		);
		expect(found(project)).toEqual(FOUND);
	});

	it("is analysed when imports, exports, classes and constants run in circles", async () => {
		const project = await scan(
			await write({
				"src/a.ts": `export * from "./b.js";\nexport { x } from "./b.js";\nexport { default } from "./a.js";\n${CLIENT}import { B } from "./b.js";\nexport class A extends B { c = new C(); }\nexport class C { a = new A(); }\nexport const size = limit;\n`,
				"src/b.ts": `export * from "./a.js";\nexport { x } from "./a.js";\nimport { A, size } from "./a.js";\nexport class B extends A {}\nexport const limit = size;\nexport const make = () => remake();\nexport const remake = () => make();\n`,
				"src/c.ts": `${CLIENT}import { make, x, limit, B } from "./b.js";\nlet p = p ?? q;\nvar q = p;\nnew B();\nnew PrismaClient({ ...x, transactionOptions: { timeout: limit } });\napp.get("/c", () => make());\n`,
			}),
		);
		expect(found(project)).toContain(FOUND[0]);
	});

	it("tells ten thousand findings of one file", async () => {
		const handlers = Array.from({ length: 10_000 }, (_, index) => `app.get("/${index}", async () => new PrismaClient().room.count());`);
		const project = await scan(await write({ "src/server.ts": `${CLIENT}${handlers.join("\n")}\n` }));
		expect(project.findings()).toHaveLength(10_000);
		expect(project.findings().at(-1)).toMatchObject({ line: 10_001, column: 30 });
		project.setText("src/server.ts", SERVER);
		expect(found(project)).toEqual(FOUND);
	}, 60_000);

	it("tells ten thousand findings of one transaction", async () => {
		const calls = Array.from({ length: 5_000 }, () => 'await fetch("https://rates.example");\nawait prisma.room.count();');
		const text = `${CLIENT}const prisma = new PrismaClient();\nexport const book = () => prisma.$transaction(async (tx) => {\n${calls.join("\n")}\n});\n`;
		const project = await scan(await write({ "src/server.ts": "", "src/book.ts": text }));
		expect(project.findings()).toHaveLength(10_000);
	}, 60_000);
});
