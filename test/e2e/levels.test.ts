import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DashboardPage } from "../../scripts/lib/dashboard-page.js";
import { type Example, startExample } from "../../scripts/lib/example.js";
import { Teardown } from "../../scripts/lib/teardown.js";
import type { Workbench } from "../../scripts/lib/workbench.js";
import { openWindow } from "./support/workbench.js";

const MEASURE = "Prisma Leak Lens: Measure clients, pools and queries";
const PASSWORD = "a-password-nobody-else-has";
const QUESTION = /URL of the database that the process uses/;

describe("what is measured more", () => {
	const teardown = new Teardown();
	let example: Example;
	let workbench: Workbench;
	let dashboard: DashboardPage;
	let dataFolder: string;

	beforeAll(async () => {
		example = await startExample(teardown);
		({ workbench, dataFolder } = await openWindow(teardown, example.folder));
		dashboard = await DashboardPage.attach(workbench, "leaky-hotel");
		await dashboard.waitForSamples(2);
	});

	afterAll(() => teardown.run());

	const levelsOn = async () => (await (await dashboard.frame()).getByTestId("levels").locator("summary").textContent()) ?? "";
	const log = async () => (await (await dashboard.frame()).locator("body").textContent()) ?? "";
	const turn = async (level: string) => {
		await workbench.command(MEASURE);
		await workbench.pick(level);
	};

	it("says its price before it is turned on", async () => {
		await workbench.command(MEASURE);
		const rows = (await workbench.pickRows()).join("\n");
		expect(rows).toMatch(/Clients and pools.*Turn on\. The process stops for about [\d.]+ s\./);
		expect(rows).toMatch(/Creation sites.*V8's debugger is on for 30 s/);
		expect(rows).toMatch(/Queries and transactions.*0\.04 to 0\.2 ms of cpu more/);
		await workbench.pick("Queries and transactions");
		await expect.poll(levelsOn, { timeout: 30_000 }).toContain("1 of 4 on");
	});

	it("asks for the database's URL once, and shows what the database says", async () => {
		await turn("The database's own view");
		await workbench.answer(QUESTION, example.postgres.url.replace("postgres@", `postgres:${PASSWORD}@`));
		await expect.poll(levelsOn, { timeout: 30_000 }).toContain("2 of 4 on");
		await turn("The database's own view");
		await expect.poll(levelsOn, { timeout: 30_000 }).toContain("1 of 4 on");
		await turn("The database's own view");
		await expect.poll(levelsOn, { timeout: 30_000 }).toContain("2 of 4 on");
	});

	it("keeps the database's password nowhere in clear, and forgets it when told to", async () => {
		const found = execFileSync("sh", ["-c", `grep -rlaF -- ${PASSWORD} "${dataFolder}" "${example.folder}" || true`], { encoding: "utf8" });
		expect(found).toBe("");
		await workbench.command("Prisma Leak Lens: Forget the database URL of the monitor");
		await turn("The database's own view");
		await expect.poll(levelsOn, { timeout: 30_000 }).toContain("1 of 4 on");
		await turn("The database's own view");
		await workbench.page.locator(".quick-input-widget:visible", { hasText: QUESTION }).waitFor();
		await workbench.page.keyboard.press("Escape");
	});

	it("comes back after the window is reloaded, without a question, and the log says so", async () => {
		await workbench.reload();
		dashboard = await DashboardPage.shown(workbench);
		await expect.poll(levelsOn, { timeout: 60_000 }).toContain("1 of 4 on");
		expect(await log()).toMatch(/Measured again, as before: Queries and transactions\./);
		expect(await workbench.page.locator(".quick-input-widget:visible").count()).toBe(0);
	});
});
