import { describe, expect, it } from "vitest";
import type { ToDashboard, Watched } from "../../src/protocol/index.js";
import { dashboards } from "./harness/dashboards.js";
import type { DashboardPage } from "./harness/page.js";
import { fullSampleAt, restoreOf, START, sampleAt, seconds, TARGET } from "./harness/samples.js";

const WORKERS: Watched = {
	sessions: [
		{ id: 1, name: "src/server.js (pid 48213)", state: "live" },
		{ id: 2, name: "src/mailer.js (pid 48214)", state: "gone" },
		{ id: 3, name: "src/server.js (pid 48215)", state: "live" },
	],
	shown: 1,
};
const watched = (change: Partial<Watched> = {}): ToDashboard => ({ type: "watched", watched: { ...WORKERS, ...change } });

describe("several processes", () => {
	const newDashboard = dashboards();

	async function open(width = 1100): Promise<DashboardPage> {
		const dashboard = await newDashboard({ width, height: 800 });
		await dashboard.send(restoreOf(seconds(0, 120).map((second) => sampleAt(second))));
		return dashboard;
	}

	const picker = (dashboard: DashboardPage) => dashboard.page.getByTestId("process-picker");

	it("are chosen among by name and state, and so is their sum; one alone offers no choice", async () => {
		const dashboard = await open();
		const [first] = WORKERS.sessions;
		await dashboard.send(watched({ sessions: first === undefined ? [] : [first] }));
		expect(await picker(dashboard).isVisible()).toBe(false);
		await dashboard.send(watched());
		await picker(dashboard).getByRole("combobox", { name: "Process" }).click();
		const options = picker(dashboard).getByRole("option");
		expect(await options.allInnerTexts()).toEqual([
			"src/server.js (pid 48213)",
			"src/mailer.js (pid 48214), gone",
			"src/server.js (pid 48215)",
			"all, summed",
		]);
		await options.filter({ hasText: "48215" }).click();
		expect(await dashboard.lastSent()).toEqual({ type: "show", choice: 3 });
		await picker(dashboard).getByRole("combobox", { name: "Process" }).click();
		await options.filter({ hasText: "summed" }).click();
		expect(await dashboard.lastSent()).toEqual({ type: "show", choice: "all" });
		expect(dashboard.problems).toEqual([]);
	});

	it("say in the head that they are summed up, and of what there is no sum", async () => {
		const dashboard = await open();
		await dashboard.send(watched({ shown: "all" }));
		expect(await dashboard.page.locator(".state-target").innerText()).toBe("2 processes, summed");
		expect(await dashboard.page.locator(".state-message").innerText()).toContain(
			"Percentiles and the event loop are those of the worst of them",
		);
	});

	it("say at the lines that have no sum of how many they are the worst", async () => {
		const dashboard = await newDashboard({ width: 1100, height: 2_400 });
		await dashboard.send(restoreOf(seconds(0, 120).map((second) => ({ ...fullSampleAt(second), pid: 0, members: 3 }))));
		await dashboard.send(watched({ shown: "all" }));
		const labels = (await dashboard.page.locator("body").innerText()).split("\n");
		for (const name of ["delay p95", "delay max", "loop busy", "query p95", "transaction p95"])
			expect(labels.some((label) => label.startsWith(`${name}, worst of 3`))).toBe(true);
		expect(labels.some((label) => label.startsWith("query avg, worst"))).toBe(false);
	});

	it("say of a thread which figures are its process's", async () => {
		const dashboard = await open();
		const target = { ...TARGET, worker: { id: 3, title: "mailer" } };
		await dashboard.send({ type: "state", state: { kind: "live", target, since: START } });
		expect(await dashboard.page.locator(".state-target").innerText()).toContain("worker 3, mailer");
		expect(await dashboard.page.locator(".state-message").innerText()).toMatch(/^rss, native and cpu are those of the whole process/);
	});

	it("fit into a narrow panel", async () => {
		const dashboard = await open(300);
		await dashboard.send(watched());
		const box = await picker(dashboard).getByRole("combobox", { name: "Process" }).boundingBox();
		expect((box?.x ?? 0) + (box?.width ?? 1_000)).toBeLessThanOrEqual(300);
	});
});
