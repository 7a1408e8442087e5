import { describe, expect, it } from "vitest";
import { dashboards } from "./harness/dashboards.js";
import type { DashboardPage } from "./harness/page.js";
import { COST, fullSampleAt, NATIVE, restoreOf, sampleAt, seconds } from "./harness/samples.js";

const newDashboard = dashboards();

async function open(): Promise<{ readonly dashboard: DashboardPage; rows(caption: string): Promise<readonly string[]> }> {
	const dashboard = await newDashboard({ width: 1_100, height: 2_600 });
	const rows = (caption: string) =>
		dashboard.page.getByTestId("breakdown").locator("table", { hasText: caption }).locator("tbody tr").allInnerTexts();
	return { dashboard, rows };
}

describe("what the memory is made of", () => {
	it("lists the heap by space, external with array buffers apart, and the rest, with sizes, shares and where each is from", async () => {
		const { dashboard, rows } = await open();
		await dashboard.send(restoreOf(seconds(0, 10).map(fullSampleAt)));
		expect(await rows("Parts of rss")).toEqual([
			expect.stringMatching(/^heap used: old space\s+20.0 MB\s+17 %\s+measured: v8.getHeapSpaceStatistics\(\)$/),
			expect.stringMatching(/^heap used: new space\s+4.00 MB\s+3 %/),
			expect.stringMatching(/^heap free: committed, not used\s+18.8 MB\s+16 %\s+measured: heapTotal − heapUsed$/),
			expect.stringMatching(/^external: array buffers, Buffers among them\s+3.24 MB\s+3 %/),
			expect.stringMatching(/^external: WASM memory and objects of C\+\+\s+6.48 MB\s+5 %/),
			expect.stringMatching(/^native: all else\s+59.4 MB\s+50 %\s+measured: rss − heapTotal − external$/),
		]);
	});

	it("says how to learn what clients take, estimates it from the cost model, and measures it where clients come in view", async () => {
		const { dashboard, rows } = await open();
		const breakdown = dashboard.page.getByTestId("breakdown");
		await dashboard.send(restoreOf(seconds(0, 39).map((second) => sampleAt(second))));
		expect(await breakdown.innerText()).toContain("What clients and connections take is not known.");
		await dashboard.send({ type: "cost", cost: COST });
		expect(await rows("Taken by")).toEqual([
			expect.stringMatching(/^The first PrismaClient\s+–\s+≈ 75 MB\s+–\s+–\s+estimated: measured on Prisma 7, 2 models$/),
			expect.stringMatching(/^Further PrismaClients\s+–\s+≈ 3 MB to 4 MB/),
			expect.stringMatching(/^Database connections\s+1\s+≈ 200 kB to 500 kB\s+≈ 200 kB to 500 kB\s+≈ 0 %\s+estimated/),
		]);
		await dashboard.send(restoreOf(seconds(0, 280).map(fullSampleAt)));
		expect(await rows("Taken by")).toEqual([
			expect.stringMatching(
				/^PrismaClients, with what they use\s+7\s+8.39 MB\s+58.7 MB\s+3\d %\s+measured: rss in view, .* at 1 client and .* at 7 clients/,
			),
			expect.stringMatching(/^Database connections\s+7\s+≈ 200 kB to 500 kB\s+≈ 1.4 MB to 3.5 MB\s+≈ 1 %\s+estimated/),
		]);
	});

	it("reads the time under the crosshair", async () => {
		const { dashboard } = await open();
		await dashboard.send(restoreOf(seconds(0, 100).map(fullSampleAt)));
		const time = dashboard.page.getByTestId("breakdown").locator(".breakdown-time");
		expect(await time.innerText()).toMatch(/^rss \d+ MB · 09:31:39$/);
		await dashboard.page.locator("#memory-chart").focus();
		await dashboard.page.keyboard.press("Home");
		await expect.poll(() => time.innerText()).toMatch(/^rss \d+ MB · 09:30:00$/);
	});

	it("asks for native memory, shows it by part, and why it cannot be had", async () => {
		const { dashboard, rows } = await open();
		await dashboard.send(restoreOf(seconds(0, 100).map(fullSampleAt)));
		const native = dashboard.page.getByTestId("native");
		await native.locator("vscode-button", { hasText: "Read native memory" }).click();
		expect(await dashboard.lastSent()).toEqual({ type: "nativeMemory" });
		await dashboard.send({ type: "nativeMemory", outcome: { kind: "memory", memory: NATIVE } });
		expect(await rows("Native memory")).toEqual([
			expect.stringMatching(/^Prisma's engine library\s+0 B\s+0 %\s+0 B$/),
			expect.stringMatching(/^malloc heap: Buffers and native code\s+30.0 MB\s+75 %\s+30.0 MB$/),
			expect.stringMatching(/^mapped files: Node and libraries\s+10.0 MB\s+25 %\s+1.00 MB$/),
		]);
		expect(await native.innerText()).toContain("40.0 MB in all, measured by /proc/48213/smaps at 09:31:40.");
		await dashboard.send({ type: "nativeMemory", outcome: { kind: "failed", message: "Only Linux has it." } });
		expect(await native.innerText()).toContain("Only Linux has it.");
		expect(await native.locator("table").isVisible()).toBe(false);
	});
});
