import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DashboardPage } from "../../scripts/lib/dashboard-page.js";
import { type Example, startExample } from "../../scripts/lib/example.js";
import { Teardown } from "../../scripts/lib/teardown.js";
import type { Theme, Workbench } from "../../scripts/lib/workbench.js";
import { openWorkspace, screenshot } from "./support/workbench.js";

const THEMES: readonly Theme[] = ["dark", "light", "high contrast"];

describe("the monitor on the screen", () => {
	const teardown = new Teardown();
	let example: Example;
	let workbench: Workbench;
	let dashboard: DashboardPage;

	beforeAll(async () => {
		example = await startExample(teardown);
		workbench = await openWorkspace(teardown, example.folder);
	});

	afterAll(() => teardown.run());

	it("attaches to the running server from a pick list", async () => {
		dashboard = await DashboardPage.attach(workbench, "leaky-hotel");
		expect(await dashboard.waitForSamples(5)).toBeGreaterThanOrEqual(5);
	});

	it("shows live figures", async () => {
		expect(await dashboard.text("strip-rss")).toMatch(/^\d+(\.\d+)? [MG]B$/);
		expect(await dashboard.connections()).toBeGreaterThan(0);
		const shown = await dashboard.waitForSamples(6);
		expect(await dashboard.waitForSamples(shown + 3)).toBeGreaterThan(shown);
	});

	it("confirms findings by the lines where the server makes clients", async () => {
		await workbench.command("Prisma Leak Lens: Measure clients, pools and queries");
		await workbench.pick("Creation sites");
		const sites = (await dashboard.frame()).getByTestId("sites");
		await expect.poll(() => sites.innerText(), { timeout: 60_000 }).toMatch(/usage-tracker\.ts:\d+\s+\d+\s+client-per-call/);
		await sites.getByRole("button", { name: /usage-tracker/ }).click();
		await expect
			.poll(async () => (await workbench.problems()).map(({ text }) => text).join("\n"), { timeout: 30_000 })
			.toMatch(/Confirmed: \d+ live instances/);
		await workbench.command("View: Hide Panel");
		// The source may have opened over the dashboard.
		await workbench.command("Prisma Leak Lens: Show memory dashboard");
	});

	it.each(THEMES)("can be read in a %s theme", async (theme) => {
		await screenshot(workbench, "dashboard", theme);
	});

	it("compares what follows with what was measured up to here", async () => {
		await workbench.command("Prisma Leak Lens: Set baseline…");
		await workbench.pick("From here");
		const comparison = (await dashboard.frame()).getByTestId("comparison");
		await expect.poll(() => comparison.innerText(), { timeout: 30_000 }).toMatch(/rss\s+\d+(\.\d+)? MB/);
	});

	it.each(THEMES)("shows the comparison in a %s theme", async (theme) => {
		await screenshot(workbench, "comparison", theme);
	});

	it("shows what was recorded, and goes back to the process", async () => {
		await workbench.command("Prisma Leak Lens: Open recording…");
		await workbench.pick("· pid");
		await expect.poll(() => dashboard.text("state"), { timeout: 20_000 }).toBe("Replay");
		await screenshot(workbench, "replay", "dark");
		await workbench.command("Prisma Leak Lens: Leave the replay");
		await expect.poll(() => dashboard.text("state"), { timeout: 20_000 }).toBe("Live");
	});

	it("stands where it stood when the window is reloaded, and goes on with the same process", async () => {
		const before = await dashboard.waitForSamples(10);
		await workbench.reload();
		dashboard = await DashboardPage.shown(workbench);
		expect(await dashboard.waitForSamples(before + 3)).toBeGreaterThan(before);
		await expect.poll(() => dashboard.text("state"), { timeout: 20_000 }).toMatch(/live/i);
		await expect.poll(() => dashboard.text("comparison"), { timeout: 20_000 }).toContain("Before:");
		expect(example.hotel.process.isRunning()).toBe(true);
	});

	it("leaves the server as it was after detaching", async () => {
		await workbench.command("Prisma Leak Lens: Detach memory monitor");
		await expect.poll(() => dashboard.text("state"), { timeout: 20_000 }).toMatch(/detached/i);
		const answered = example.load.answered;
		await expect.poll(() => example.load.answered, { timeout: 20_000 }).toBeGreaterThan(answered + 5);
		expect(example.hotel.process.isRunning()).toBe(true);
		expect(example.hotel.process.lastWords()).not.toMatch(/error/i);
	});
});
