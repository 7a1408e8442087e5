import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LeaksPage } from "../../scripts/lib/leaks-page.js";
import { Teardown } from "../../scripts/lib/teardown.js";
import type { Theme, Workbench } from "../../scripts/lib/workbench.js";
import { copyFixture, openWorkspace, screenshot } from "./support/workbench.js";

const THEMES: readonly Theme[] = ["dark", "light", "high contrast"];

describe("what pools and leaks cost, on the screen", () => {
	const teardown = new Teardown();
	let workbench: Workbench;

	beforeAll(async () => {
		workbench = await openWorkspace(teardown, await copyFixture(teardown, "leaky-hotel"));
	});

	afterAll(() => teardown.run());

	const pictured = async (name: string, show: () => Promise<unknown>) => {
		for (const theme of THEMES) {
			await screenshot(workbench, name, theme, show);
			await workbench.page.keyboard.press("Escape");
		}
	};

	it("counts the leaks in the status bar", async () => {
		expect(await workbench.statusItem(/^\D*\d+ Prisma leaks$/)).toMatch(/^\d+ Prisma leaks$/);
	});

	it("says above the shared client how many files share it", async () => {
		await workbench.openFile("src/lib/prisma.ts");
		expect(await workbench.codeLenses(/shared by \d+ files?/)).toHaveLength(1);
		await pictured("lens", () => workbench.codeLenses(/shared by/));
	});

	it("shows the pool's settings over a client", async () => {
		await workbench.openFile("src/services/availability.ts");
		await workbench.hints();
		const show = () => workbench.hover("new", /Pool of up to 20 connections/);
		expect(await show()).toContain("measured on Prisma 7");
		await pictured("hover", show);
	});

	it("offers the fix first, then what silences the finding", async () => {
		await workbench.openFile("src/routes/rooms.ts");
		await workbench.squiggles();
		await workbench.goToNextProblem();
		const titles = await workbench.quickFixMenu();
		expect(titles.slice(0, 3)).toEqual([
			"Use singleton from src/lib/prisma.ts",
			"Suppress multiple-clients for this line",
			"Suppress multiple-clients in this file",
		]);
		await workbench.page.keyboard.press("Escape");
		await pictured("menu", () => workbench.quickFixMenu());
	});

	it("lists the leaks by rule and file, the largest saving first", async () => {
		const leaks = await LeaksPage.open(workbench);
		expect(Number(await leaks.badge())).toBeGreaterThan(5);
		expect(await leaks.message()).toMatch(/^Mending all would save ≈ \d+–\d+ MB\.$/);
		await leaks.toggle("multiple-clients");
		await leaks.toggle("rooms.ts");
		await expect.poll(() => leaks.labels(), { timeout: 60_000 }).toContainEqual(expect.stringMatching(/^error, line \d+: /));
		await pictured("tree", () => leaks.row("rooms.ts").hover());
	});

	it("previews the fix of all findings of a rule", async () => {
		const leaks = await LeaksPage.open(workbench);
		await leaks.press("multiple-clients", "Fix");
		await workbench.confirm("Preview Each Change");
		const preview = workbench.page.locator(".bulk-edit-panel");
		await preview.locator(".monaco-list-row", { hasText: "rooms.ts" }).waitFor();
		await pictured("preview", () => preview.waitFor());
		await preview.getByRole("button", { name: "Discard" }).click();
	});

	it("fixes a leak from its row", async () => {
		const leaks = await LeaksPage.open(workbench);
		const before = Number(await leaks.badge());
		await leaks.press("Line", "Fix");
		await workbench.waitForText(/import \{ prisma \} from "\.\.\/lib\/prisma\.js"/);
		await expect.poll(async () => Number(await leaks.badge()), { timeout: 60_000 }).toBeLessThan(before);
	});

	it("silences a leak from its row", async () => {
		const leaks = await LeaksPage.open(workbench);
		const before = Number(await leaks.badge());
		await leaks.toggle("guests.ts");
		await leaks.press("Line", "Suppress for this line");
		await workbench.waitForText(/\/\/ prisma-leak-lens-disable-next-line multiple-clients/);
		await expect.poll(async () => Number(await leaks.badge()), { timeout: 60_000 }).toBeLessThan(before);
	});
});
