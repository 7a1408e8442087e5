import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { LeaksPage } from "../../scripts/lib/leaks-page.js";
import { Teardown } from "../../scripts/lib/teardown.js";
import { writeWorkspace } from "../support/disk-workspace.js";
import { openWorkspace, screenshot } from "./support/workbench.js";

const PACKAGE = '{ "name": "app", "dependencies": { "@prisma/client": "7.10.0" } }';
const SCHEMA = 'datasource db {\n  provider = "postgresql"\n}\n';
const LEAK =
	'import { PrismaClient } from "@prisma/client";\nexport const first = new PrismaClient();\nexport const second = new PrismaClient();\n';

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
