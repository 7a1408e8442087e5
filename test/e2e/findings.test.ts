import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Teardown } from "../../scripts/lib/teardown.js";
import type { Theme, Workbench } from "../../scripts/lib/workbench.js";
import { copyFixture, openWorkspace, screenshot } from "./support/workbench.js";

const THEMES: readonly Theme[] = ["dark", "light", "high contrast"];

describe("findings on the screen", () => {
	const teardown = new Teardown();
	let workbench: Workbench;

	beforeAll(async () => {
		workbench = await openWorkspace(teardown, await copyFixture(teardown, "leaky-hotel"));
	});

	afterAll(() => teardown.run());

	it("draws a squiggle under a client that a handler makes", async () => {
		await workbench.openFile("src/routes/reports.ts");
		expect((await workbench.squiggles()).errors).toBeGreaterThan(0);
	});

	it("lists every finding of the workspace in the Problems panel", async () => {
		const problems = await workbench.problems();
		expect(problems.length).toBeGreaterThan(3);
		expect(problems.some(({ severity }) => severity === "error")).toBe(true);
		expect(await workbench.problemCount()).toBeGreaterThanOrEqual(problems.length);
	});

	it.each(THEMES)("can be read in a %s theme", async (theme) => {
		await workbench.openFile("src/services/availability.ts");
		await workbench.hints();
		await screenshot(workbench, "findings", theme);
	});

	it("shows what pools cost beside the code", async () => {
		await workbench.openFile("src/services/availability.ts");
		const hints = await workbench.hints();
		expect(hints.some((hint) => hint.includes("pool 20"))).toBe(true);
		for (const hint of hints) expect(hint.length).toBeLessThanOrEqual(40);
	});

	it("replaces a client by the shared one through Ctrl+.", async () => {
		await workbench.openFile("src/routes/rooms.ts");
		const before = await workbench.problemCount();
		await workbench.goToNextProblem();
		expect((await workbench.quickFix("Use singleton"))[0]).toContain("Use singleton");
		await workbench.waitForText(/import \{ prisma \} from "\.\.\/lib\/prisma\.js"/);
		expect(await workbench.visibleText()).not.toContain("new PrismaClient");
		expect(await workbench.problemCountAfter(before)).toBeLessThan(before);
	});
});
