import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { LeaksPage } from "../../scripts/lib/leaks-page.js";
import { Teardown } from "../../scripts/lib/teardown.js";
import { writeWorkspace } from "../support/disk-workspace.js";
import { openWindow, openWorkspace, screenshot } from "./support/workbench.js";

const PACKAGE = '{ "name": "app", "dependencies": { "@prisma/client": "7.10.0" } }';
const SCHEMA = 'datasource db {\n  provider = "postgresql"\n}\n';
const LEAK =
	'import { PrismaClient } from "@prisma/client";\nexport const first = new PrismaClient();\nexport const second = new PrismaClient();\n';

/** The language server of the extension that is installed in `dataFolder`. */
async function serverOf(dataFolder: string): Promise<number | undefined> {
	const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "pid=,args="], { maxBuffer: 10e6 });
	const row = stdout.split("\n").find((args) => args.includes(dataFolder) && /dist\/server\.js.*--node-ipc/.test(args));
	return row === undefined ? undefined : Number.parseInt(row, 10);
}

describe("the tree of leaks", () => {
	const open = async (files: Readonly<Record<string, string>>, path = "") => {
		const teardown = new Teardown();
		onTestFinished(() => teardown.run());
		const { root } = teardown.own(await writeWorkspace(files), (workspace) => workspace.remove());
		return openWorkspace(teardown, join(root, path));
	};

	it("says that a workspace without Prisma has nothing to check, and what would be checked", async () => {
		const workbench = await open({ "package.json": '{ "name": "app" }', "src/a.ts": "export const a = 1;\n" });
		const leaks = await LeaksPage.show(workbench);
		expect(await leaks.says(/No package of this workspace uses Prisma/)).toContain("Check Again");
		await screenshot(workbench, "no-prisma", "dark");
	});

	it("says what was looked at where there are no leaks, and what to do next", async () => {
		const workbench = await open({ "package.json": PACKAGE, "src/db.ts": "export const a = 1;\n" });
		const leaks = await LeaksPage.open(workbench);
		expect(await leaks.message()).toBe("No leaks in 1 file of 1 package (Prisma 7.10).");
		expect(await leaks.labels()).toEqual(["Check again", "Watch a running process"]);
		await screenshot(workbench, "no-leaks", "dark");
	});

	it("lists at its end what could not be read in full, with what to do", async () => {
		const workbench = await open({
			"package.json": PACKAGE,
			"tsconfig.json": '{ "compilerOptions": {',
			"prisma/schema.prisma": `${SCHEMA}model Room {\n  id Int @id\n`,
			"src/rooms.ts": LEAK,
		});
		const leaks = await LeaksPage.open(workbench);
		await expect.poll(async () => (await leaks.labels()).at(-1), { timeout: 60_000 }).toMatch(/^Could not be read in full/);
		await leaks.toggle("Could not be read in full");
		await leaks.row("schema.prisma").waitFor();
		expect((await leaks.labels()).slice(-2)).toEqual([
			expect.stringMatching(/^prisma\/schema\.prisma.*\(line 4\).* Close the block\./),
			expect.stringMatching(/^tsconfig\.json.* Mend the JSON\./),
		]);
		await screenshot(workbench, "unread", "dark");
		await leaks.toggle("schema.prisma");
		await workbench.page.locator('.tab:has-text("schema.prisma")').waitFor();
	});

	it("says where the workspace cannot be read, and where the reason stands", async () => {
		const teardown = new Teardown();
		onTestFinished(() => teardown.run());
		const files = { "package.json": PACKAGE, "src/db.ts": "export const a = 1;\n" };
		const { root } = teardown.own(await writeWorkspace(files), (workspace) => workspace.remove());
		const workbench = await openWorkspace(teardown, root);
		const leaks = await LeaksPage.open(workbench);
		await rm(root, { recursive: true });
		await workbench.command("Prisma Leak Lens: Check Workspace");
		expect(await leaks.says(/The workspace could not be read/)).toContain("Show Log");
		await screenshot(workbench, "failed", "dark");
	});

	it("can be told not to read on, and says then that the workspace was not read", async () => {
		const rates = Array.from({ length: 700 }, (_, index) => `export const rate${index} = (value: number): number => value * ${index};\n`);
		const text = `import type { PrismaClient } from "@prisma/client";\n${rates.join("")}`;
		const large = Array.from({ length: 2_000 }, (_, index) => [`src/rates${index}.ts`, text]);
		const workbench = await open({ "package.json": PACKAGE, ...Object.fromEntries(large) });
		const leaks = await LeaksPage.show(workbench);
		await leaks.says(/Reading the workspace/);
		await leaks.follow("Cancel");
		expect(await leaks.says(/The workspace was not read/)).toContain("Check Workspace");
		await screenshot(workbench, "not-read", "dark");
	});

	it("says that the analysis stays off after it has ended too often, and starts it again", async () => {
		const teardown = new Teardown();
		onTestFinished(() => teardown.run());
		const files = { "package.json": PACKAGE, "prisma/schema.prisma": SCHEMA, "src/rooms.ts": LEAK };
		const { root } = teardown.own(await writeWorkspace(files), (workspace) => workspace.remove());
		const { workbench, dataFolder } = await openWindow(teardown, root);
		const leaks = await LeaksPage.open(workbench);
		const ended = new Set<number>();
		const end = async () => {
			const pid = await serverOf(dataFolder);
			if (pid === undefined || ended.has(pid)) return false;
			process.kill(pid, "SIGKILL");
			ended.add(pid);
			return true;
		};
		for (let times = 0; times < 4; times++) await expect.poll(end, { timeout: 60_000, interval: 500 }).toBe(true);
		expect(await leaks.says(/has ended several times within a few minutes and stays off/)).toContain("Show Log");
		expect(await workbench.statusItem(/Prisma leaks: off/)).toBe("Prisma leaks: off");
		await screenshot(workbench, "stopped", "dark");
		await leaks.follow("Restart Analysis");
		await expect.poll(() => leaks.labels(), { timeout: 60_000 }).not.toEqual([]);
	});

	it("lists the folders of a workspace that has several, and filters them", async () => {
		const workbench = await open(
			{
				"both.code-workspace": '{ "folders": [{ "path": "hotel" }, { "path": "shop" }] }',
				"hotel/package.json": PACKAGE,
				"hotel/prisma/schema.prisma": SCHEMA,
				"hotel/src/rooms.ts": LEAK,
				"shop/package.json": PACKAGE,
				"shop/src/orders.ts": LEAK,
			},
			"both.code-workspace",
		);
		const leaks = await LeaksPage.open(workbench);
		await expect
			.poll(async () => (await leaks.labels()).map((label) => label.split(",")[0]).sort(), { timeout: 60_000 })
			.toEqual(["hotel", "shop"]);
		await screenshot(workbench, "folders", "dark");
		await leaks.filter("orders");
		await expect.poll(async () => (await leaks.labels()).map((label) => label.split(",")[0]), { timeout: 60_000 }).toEqual(["shop"]);
		expect(await leaks.message()).toMatch(/^\d+ of \d+ match “orders”\./);
	});
});
