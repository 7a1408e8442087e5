import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DashboardPage } from "../../scripts/lib/dashboard-page.js";
import { type Example, startExample } from "../../scripts/lib/example.js";
import { Teardown } from "../../scripts/lib/teardown.js";
import type { Theme, Workbench } from "../../scripts/lib/workbench.js";
import { openWorkspace, screenshot } from "./support/workbench.js";

const THEMES: readonly Theme[] = ["dark", "light", "high contrast"];

/** So that operations of a small database count as slow. */
const CONFIG = { profiles: { production: { alerts: { slowQueryMs: 1 } } } };

const SIZE = /^\d[\d.]* [kMG]B$/;
const DURATION = /^\d[\d.,]* (µs|ms|s)$/;

/** What the labels of each chart say, and of how many series at least. */
const CHARTS: readonly (readonly [title: string, figure: RegExp, series: number])[] = [
	["Memory", SIZE, 5],
	["Connections", /^[1-9]\d*$/, 1],
	["Clients", /^[1-9]\d*$/, 2],
	["Queries and transactions", DURATION, 2],
	["Open transactions", /^\d+$/, 1],
	["Event loop delay", DURATION, 2],
	["Event loop and cpu", /^\d[\d.]* %$/, 2],
];

describe("the monitor on the screen", () => {
	const teardown = new Teardown();
	let example: Example;
	let workbench: Workbench;
	let dashboard: DashboardPage;

	beforeAll(async () => {
		example = await startExample(teardown);
		await writeFile(join(example.folder, "prisma-leak-lens.json"), JSON.stringify(CONFIG));
		workbench = await openWorkspace(teardown, example.folder);
	});

	afterAll(() => teardown.run());

	const section = async (testId: string) => (await dashboard.frame()).getByTestId(testId);
	const shown = async (testId: string) => ((await (await section(testId)).innerText()) ?? "").replace(/[^\S\n]/g, " ");

	it("attaches to the running server from a pick list", async () => {
		dashboard = await DashboardPage.attach(workbench, "leaky-hotel");
		expect(await dashboard.waitForSamples(5)).toBeGreaterThanOrEqual(5);
	});

	it("shows live figures", async () => {
		expect(await dashboard.text("strip-rss")).toMatch(/^\d+(\.\d+)? [MG]B$/);
		expect(await dashboard.connections()).toBeGreaterThan(0);
		const before = await dashboard.waitForSamples(6);
		expect(await dashboard.waitForSamples(before + 3)).toBeGreaterThan(before);
	});

	it("measures more by its switches, and with a URL what the database says itself", async () => {
		for (const level of ["Clients and pools", "Queries and transactions"]) await dashboard.turnOn(level);
		await dashboard.turnOn("The database's own view");
		await workbench.answer(/URL of the database/, example.postgres.url);
		await expect.poll(() => shown("levels"), { timeout: 60_000 }).toContain("3 of 4 on");
	});

	it.each(CHARTS)("charts %s", async (title, figure, series) => {
		const figures = async () => [...(await dashboard.series(title)).values()].filter((value) => figure.test(value));
		await expect.poll(async () => (await figures()).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(series);
	});

	it("says what the memory is made of", async () => {
		// Out of sight it is not drawn.
		await (await section("breakdown")).scrollIntoViewIfNeeded();
		await expect.poll(() => shown("breakdown"), { timeout: 60_000 }).toMatch(/\d[\d.]* MB\s+\d[\d.]* %\s+measured: /);
	});

	it("lists slow operations by model and method, without their literals", async () => {
		await expect.poll(() => shown("slow"), { timeout: 60_000 }).toMatch(/\d[\d.]* ms\s+(Room|Guest|Hotel|Booking|Payment)\.\w+\s+\d+:\d+/);
		expect(await shown("slow")).not.toMatch(/@|select/i);
	});

	it("says why an alert was raised, and opens the finding that explains it beside the dashboard", async () => {
		await expect.poll(() => shown("why"), { timeout: 120_000 }).toMatch(/database connections are open; the limit is 5\. since \d/);
		const place = (await section("why")).getByRole("button", { name: /\.ts:\d+$/ }).first();
		const file = /(\w[\w-]*\.ts):\d+$/.exec((await place.innerText()).trim())?.[1] ?? "";
		await place.click();
		await workbench.page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
		expect(await (await section("why")).isVisible()).toBe(true);
		await workbench.command("View: Close Editor");
	});

	it("keeps a log with the reader's own notes", async () => {
		await (await section("marks")).getByRole("textbox", { name: "Note" }).fill("guests arrive");
		await dashboard.press("Add note", "Log");
		await expect.poll(() => shown("marks")).toMatch(/\d+:\d+:\d+\s+Note guests arrive/);
		expect(await shown("marks")).toMatch(/\d+:\d+:\d+\s+Alert /);
	});

	it("saves a chart as a picture where the reader says", async () => {
		const picture = join(example.folder, "memory.png");
		await dashboard.press("PNG", "Memory");
		await workbench.saveAs(/Save memory\.png/, picture);
		await expect.poll(() => readFile(picture, "latin1").catch(() => ""), { timeout: 20_000 }).toMatch(/^\x89PNG/);
	});

	it("saves the samples in view as a table, with the notes", async () => {
		const table = join(example.folder, "night.csv");
		await dashboard.press("Export");
		await workbench.pick("CSV");
		await workbench.saveAs(/Save samples\.csv/, table);
		await expect
			.poll(() => readFile(table, "utf8").catch(() => ""), { timeout: 20_000 })
			.toMatch(/^time,pid,rss,.*,notes\n[\s\S]*"guests arrive"/);
	});

	it("confirms findings by the lines where the server makes clients, and opens one beside the dashboard", async () => {
		await workbench.command("Prisma Leak Lens: Measure clients, pools and queries");
		await workbench.pick("Creation sites");
		await expect.poll(() => shown("sites"), { timeout: 60_000 }).toMatch(/usage-tracker\.ts:\d+\s+\d+\s+client-per-call/);
		await (await section("sites")).getByRole("button", { name: /usage-tracker/ }).click();
		await workbench.page.locator('.tab.active[data-resource-name="usage-tracker.ts"]').waitFor();
		expect(await (await section("sites")).isVisible()).toBe(true);
		// The panel scrolls to the problems of the file that is open.
		await expect
			.poll(async () => (await workbench.problems()).map(({ text }) => text).join("\n"), { timeout: 60_000 })
			.toMatch(/Confirmed: \d+ live instances/);
		await workbench.command("View: Hide Panel");
		await workbench.command("View: Close Editor");
	});

	it.each(THEMES)("can be read in a %s theme", async (theme) => {
		await screenshot(workbench, "dashboard", theme, () => dashboard.toTop());
	});

	it("compares what follows with what was measured up to here", async () => {
		await dashboard.compareFromHere();
		const comparison = (await dashboard.frame()).getByTestId("comparison");
		await expect.poll(() => comparison.innerText(), { timeout: 30_000 }).toMatch(/rss\s+\d+(\.\d+)? MB/);
	});

	it.each(THEMES)("shows the comparison in a %s theme", async (theme) => {
		await screenshot(workbench, "comparison", theme, () => dashboard.toTop());
	});

	it("shows what was recorded, and goes back to the process", async () => {
		await workbench.command("Prisma Leak Lens: Open recording…");
		await workbench.pick("· pid");
		await expect.poll(() => dashboard.text("state"), { timeout: 20_000 }).toBe("Replay");
		await screenshot(workbench, "replay", "dark");
		await expect.poll(() => shown("marks")).toContain("Note guests arrive");
		await workbench.command("Prisma Leak Lens: Leave the replay");
		await expect.poll(() => dashboard.text("state"), { timeout: 20_000 }).toBe("Live");
	});

	it("stands where it stood when the window is reloaded, and goes on with the same process", async () => {
		// The workbench in a browser stores what it is told with a delay: that the replay was left must be known by then.
		const before = await dashboard.waitForSamples((await dashboard.waitForSamples(10)) + 5);
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
