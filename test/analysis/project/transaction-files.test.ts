import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openProject } from "../../../src/analysis/index.js";

const FILES: Readonly<Record<string, string>> = {
	"package.json": '{"name":"app","dependencies":{"@prisma/client":"6.12.0"}}',
	"src/db.ts": `import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export const unit = (work: (tx: unknown) => Promise<unknown>) => prisma.$transaction((tx) => work(tx));
`,
	"src/orders.ts": `import { unit } from "./db";
import { notify } from "./notify";
export const place = () => unit(async (tx) => { await notify(tx); });
`,
	"src/notify.ts": "export const notify = async () => { await fetch('https://example.com'); };\n",
	"src/unrelated.ts": "import { unit } from './elsewhere';\nexport const other = () => unit(1);\n",
};

describe("files that transactions lead to", () => {
	let root = "";

	beforeEach(async () => {
		root = await mkdtemp(join(tmpdir(), "leak-lens-"));
		for (const [path, text] of Object.entries(FILES)) {
			await mkdir(dirname(join(root, path)), { recursive: true });
			await writeFile(join(root, path), text);
		}
	});

	afterEach(() => rm(root, { recursive: true, force: true }));

	const open = async () => {
		const project = openProject(root);
		await project.scan();
		return { project, slow: () => project.findings("src/orders.ts").map(({ rule }) => rule) };
	};

	it("are read though they do not speak of Prisma: those that call a wrapper, and what they call in it", async () => {
		const { project, slow } = await open();
		expect(slow()).toEqual(["slow-work-in-transaction"]);
		expect(project.report().summary).toMatchObject({ files: 4, analysed: 2 });
	});

	it("are looked at anew after an edit", async () => {
		const { project, slow } = await open();
		project.setText("src/notify.ts", "export const notify = async (tx) => { await tx.note.create({}); };\n");
		expect(slow()).toEqual([]);
		project.setText("src/notify.ts", undefined);
		expect(slow()).toEqual(["slow-work-in-transaction"]);
	});
});
