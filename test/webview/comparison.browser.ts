import { describe, expect, it } from "vitest";
import type { ToDashboard } from "../../src/protocol/index.js";
import { compared } from "./harness/baseline.js";
import { dashboards } from "./harness/dashboards.js";
import type { DashboardPage } from "./harness/page.js";
import { fullSampleAt, LIVE, restoreOf, START, seconds } from "./harness/samples.js";

const WIDE = { width: 1_100, height: 1_000 };

const newDashboard = dashboards();

const open = (options = WIDE): Promise<DashboardPage> => newDashboard(options);

function restore(after: number, change: Parameters<typeof restoreOf>[1] = {}): ToDashboard {
	return restoreOf(seconds(0, after).map(fullSampleAt), change);
}

/** The row of a figure, cell by cell. */
async function row(dashboard: DashboardPage, figure: string): Promise<readonly string[]> {
	const found = dashboard.page.getByTestId("comparison").locator("tbody tr", { hasText: figure });
	return found.locator("th, td").allInnerTexts();
}

describe("a baseline", () => {
	it("is asked for with the end of what is in view", async () => {
		const dashboard = await open();
		await dashboard.send(restore(300));
		await dashboard.press("Set baseline");
		expect(await dashboard.lastSent()).toEqual({ type: "setBaseline", t: START + 299_000 });
		expect(await dashboard.page.getByTestId("comparison").isVisible()).toBe(false);
	});

	it("is laid beside what is shown, figure by figure, with what that is worth", async () => {
		const dashboard = await open();
		await dashboard.send(restore(300, compared(400, 300)));
		expect(await row(dashboard, "external")).toEqual([
			"external",
			"57.0 MB",
			"29.0 MB",
			"−28.0 MB",
			"beyond",
			"48.4 MB to 65.5 MB",
			"25.0 MB to 32.9 MB",
		]);
		expect(await row(dashboard, "heap used")).toContain("within");
		expect(await row(dashboard, "database connections")).toContain("−5");
		const text = await dashboard.page.getByTestId("comparison").innerText();
		expect(text).toContain("Before: src/server.js, pid 4000, 3/4/2026 08:30:00 to 08:36:39. After: pid 48213, 09:30:00 to 09:34:59.");
		expect(text).toContain("beyond the spread when both have no value in common");
	});

	it("says in words when there is nothing to compare yet, or too little", async () => {
		const dashboard = await open();
		const { baseline } = compared(400, 1);
		await dashboard.send(restore(300, { baseline, comparison: { after: null, figures: [], oneSided: [] } }));
		const table = dashboard.page.getByTestId("comparison");
		expect(await table.innerText()).toContain("the comparison begins with the next sample");
		expect(await table.locator("table").isVisible()).toBe(false);
		await dashboard.send({ type: "comparison", comparison: compared(400, 12).comparison });
		expect(await row(dashboard, "external")).toContain("too few samples");
		expect(await table.innerText()).toContain("each run takes about 30 of a figure");
		await dashboard.send({ type: "comparison", comparison: { ...compared(400, 300).comparison, oneSided: ["query, average"] } });
		expect(await table.innerText()).toContain("Measured in one of them only: query, average.");
		expect(await table.innerText()).not.toContain("too few");
	});

	it("says what of its recording could not be read", async () => {
		const dashboard = await open();
		const { baseline, comparison } = compared(400, 300);
		await dashboard.send(restore(300, { baseline: { ...baseline, damage: "Line 9 of 000001.log is damaged." }, comparison }));
		expect(await dashboard.text("comparison")).toContain("The baseline is not whole. Line 9 of 000001.log is damaged.");
	});

	it("is drawn dashed in every chart from where what is shown begins, and ends where it ended", async () => {
		const dashboard = await open();
		const plain = restore(300);
		await dashboard.send(plain);
		const above = (place: number) => dashboard.columnInk("connections-chart", place);
		const [early, late] = [0.1, 0.9];
		const before = [await above(early), await above(late)];
		const { baseline } = compared(100, 1);
		await dashboard.send(restore(300, { baseline, comparison: compared(100, 300).comparison }));
		expect(await above(early)).toBeGreaterThan(before[0] ?? 1);
		expect(await above(late)).toBeLessThanOrEqual((before[1] ?? 0) + 0.005);
	});

	it("is named among the series, read beside them at the crosshair, and switched off there", async () => {
		const dashboard = await open();
		await dashboard.send(restore(301, compared(400, 301)));
		const memory = dashboard.page.locator(".figure").first();
		const external = memory.locator(".label", { hasText: "external" });
		expect(await external.locator(".label-before").innerText()).toBe("52.8 MB");
		const box = await dashboard.page.locator("#memory-chart").boundingBox();
		if (box === null) throw new Error("no chart");
		await dashboard.page.mouse.move(box.x + 58 + (box.width - 58 - 3) / 2, box.y + 60);
		const label = memory.locator(".label", { hasText: "baseline" });
		await expect.poll(() => label.locator(".label-before").innerText()).toBe("08:32:30");
		expect(await external.locator(".label-before").innerText()).toBe("33.6 MB");
		expect(await external.locator(".label-value").innerText()).toBe("21.0 MB");
		await label.click();
		await expect.poll(() => label.getAttribute("aria-pressed")).toBe("false");
		expect(await external.locator(".label-before").innerText()).toBe("");
	});

	it("is read out beside the crosshair", async () => {
		const dashboard = await open();
		await dashboard.send(restore(300, compared(400, 300)));
		await dashboard.page.locator("#memory-chart").focus();
		await dashboard.page.keyboard.press("ArrowLeft");
		await expect
			.poll(() => dashboard.page.locator("[aria-live]").textContent())
			.toMatch(/^09:34:58: rss .*; baseline at 08:34:58: rss \d+ MB/);
	});

	it("is cleared by its button", async () => {
		const dashboard = await open();
		await dashboard.send(restore(300, compared(400, 300)));
		await dashboard.page.getByTestId("comparison").getByText("Clear baseline").click();
		expect(await dashboard.lastSent()).toEqual({ type: "clearBaseline" });
		await dashboard.send({ type: "baseline", run: null, since: fullSampleAt(0) }, { type: "comparison", comparison: null });
		expect(await dashboard.page.getByTestId("comparison").isVisible()).toBe(false);
		expect(await dashboard.page.locator(".label", { hasText: "baseline" }).count()).toBe(0);
	});

	it.each([300, 700])("does not make a page of %i px wider", async (width) => {
		const dashboard = await open({ width, height: 1_000 });
		await dashboard.send(restore(300, compared(400, 300)));
		expect(await dashboard.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
	});
});

describe("a replay", () => {
	const state = {
		kind: "replay",
		name: "src/server.js",
		pid: 48_213,
		from: START,
		to: START + 999_000,
		damage: "What was recorded after 09:46:39 could not be read. Line 9 of 000001.log is damaged.",
	} as const;

	it("shows all of a recording, says which, and what of it could not be read", async () => {
		const dashboard = await open();
		await dashboard.send(restore(1_000, { state }));
		expect(await dashboard.text("state")).toBe("Replay");
		expect(await dashboard.page.locator(".state-target").innerText()).toBe("src/server.js · pid 48213");
		const message = await dashboard.page.locator(".state-message").innerText();
		expect(message).toContain("Recorded on 3/4/2026, 09:30:00 to 09:46:39.");
		expect(message).toContain("Line 9 of 000001.log is damaged.");
		const times = await dashboard.memoryTimes();
		expect([times[0], times.at(-1)]).toEqual(["09:30:00", "09:46:39"]);
		expect(await dashboard.inked("memory-chart")).toContain("purple");
		expect(await dashboard.page.getByTestId("slow").isVisible()).toBe(true);
	});

	it("leaves out what takes a running process, and says why", async () => {
		const dashboard = await open();
		await dashboard.send(restore(1_000, { state }));
		for (const name of ["Pause", "Clear"]) {
			const control = dashboard.page.locator(".controls vscode-button", { hasText: name });
			expect(await control.getAttribute("disabled"), name).toBe("");
			expect(await control.getAttribute("title"), name).toContain("Leave the replay");
		}
		expect(await dashboard.page.getByTestId("levels").isVisible()).toBe(false);
		expect(await dashboard.page.getByLabel("Note", { exact: true }).isVisible()).toBe(false);
		expect(await dashboard.page.locator(".state-message").innerText()).toContain("need a running process");
		await dashboard.send(restore(300, { state: LIVE }));
		for (const name of ["Pause", "Clear"])
			expect(await dashboard.page.locator(".controls vscode-button", { hasText: name }).getAttribute("disabled"), name).toBeNull();
		expect(await dashboard.page.getByLabel("Note", { exact: true }).isVisible()).toBe(true);
	});

	it("is looked into by window, zoom and double click, and left by its button", async () => {
		const dashboard = await open();
		await dashboard.send(restore(1_000, { state }));
		const first = async () => (await dashboard.memoryTimes())[0];
		await dashboard.page.locator("vscode-dropdown").click();
		await dashboard.page.locator("vscode-option", { hasText: "1 min" }).first().click();
		await expect.poll(first).toMatch(/^09:45:3/);
		await dashboard.page.locator("#memory-chart").focus();
		await dashboard.page.keyboard.press("0");
		await expect.poll(first).toBe("09:30:00");
		await dashboard.page.keyboard.press("+");
		await expect.poll(first).not.toBe("09:30:00");
		expect(await dashboard.text("state")).toBe("Replay");
		await dashboard.press("Leave replay");
		expect(await dashboard.lastSent()).toEqual({ type: "leaveReplay" });
	});

	it("is offered where nothing is attached", async () => {
		const dashboard = await open();
		await dashboard.send(restoreOf([], { state: { kind: "idle" } }));
		await dashboard.page.getByTestId("welcome").getByText("Open recording…").click();
		expect(await dashboard.lastSent()).toEqual({ type: "openRecording" });
	});
});
