import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { type Judgement, NO_JUDGEMENT, type ShownState } from "../../src/protocol/index.js";
import { compared } from "./harness/baseline.js";
import { dashboards } from "./harness/dashboards.js";
import type { DashboardPage } from "./harness/page.js";
import { COST, fullSampleAt, LEVELS_OFF, LIVE, NATIVE, restoreOf, START, sampleAt, seconds, TARGET } from "./harness/samples.js";

const STATES: readonly ShownState[] = [
	{ kind: "idle" },
	{ kind: "connecting", step: "Opening the inspector" },
	LIVE,
	{ kind: "silent", target: TARGET, since: START, reason: "It is stopped." },
	{ kind: "gone", target: TARGET, at: START, reason: "The process ended." },
	{ kind: "detached", target: TARGET, at: START },
	{ kind: "error", message: "The port is taken.", action: "Take another.", detail: "EADDRINUSE" },
	{ kind: "replay", name: "src/server.js", pid: 7, from: START, to: START + 59_000, damage: "Line 9 of 000001.log is damaged." },
];
const MARKS = [{ t: START + 1_000, kind: "alert", text: "External is over its limit." }] as const;
const JUDGEMENT: Judgement = {
	...NO_JUDGEMENT,
	alerts: [{ subject: "external", since: START, message: "Over its limit.", cause: "Query results are kept.", rules: [] }],
};

const newDashboard = dashboards();

/** What axe finds on the page as it stands, a line each. */
async function violations({ page }: DashboardPage): Promise<readonly string[]> {
	return page.evaluate(async () => {
		const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
		return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
	});
}

declare global {
	interface Window {
		axe: typeof axe;
	}
}

describe.each(["dark", "light", "highContrast"] as const)("axe finds nothing in %s", (theme) => {
	it("in any state, with figures and without, every panel open", async () => {
		const dashboard = await newDashboard({ width: 900, height: 1_000, theme });
		await dashboard.page.evaluate(axe.source);
		const full = restoreOf(seconds(0, 60).map(fullSampleAt), { levels: LEVELS_OFF, marks: MARKS, judgement: JUDGEMENT });
		const bare = restoreOf(
			seconds(0, 60).map((second) => sampleAt(second)),
			{ levels: LEVELS_OFF },
		);
		const both = restoreOf(seconds(0, 60).map(fullSampleAt), compared(60, 60));
		const found: string[] = [];
		for (const [name, message] of Object.entries({ empty: restoreOf([]), bare, full, both })) {
			await dashboard.send(message, { type: "cost", cost: COST }, { type: "nativeMemory", outcome: { kind: "memory", memory: NATIVE } });
			for (const state of STATES) {
				await dashboard.send({ type: "state", state });
				await dashboard.page.evaluate(() => document.querySelector(".levels")?.setAttribute("open", ""));
				found.push(...(await violations(dashboard)).map((text) => `${name}, ${state.kind}: ${text}`));
			}
		}
		await dashboard.send({ type: "state", state: LIVE });
		for (const button of await dashboard.page.getByRole("button", { name: "Table" }).all()) await button.click();
		await dashboard.press("Pause");
		found.push(...(await violations(dashboard)).map((text) => `paused: ${text}`));
		expect(found).toEqual([]);
	});
});
