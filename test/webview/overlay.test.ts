import { describe, expect, it } from "vitest";
import type { BaselineRun, Comparison, Sample } from "../../src/protocol/index.js";
import { overlayRows, sampleBeside } from "../../webview/overlay.js";
import { DashboardStore, DEFAULT_CHOICES } from "../../webview/store.js";
import { restoreOf, START, sampleAt, seconds } from "./harness/samples.js";

const HOUR = 3_600_000;

const earlier = (second: number): Sample => {
	const sample = sampleAt(second);
	return { ...sample, t: sample.t - HOUR, pid: 7 };
};

/** A run of 100 s that began an hour before what is shown. */
const RUN: BaselineRun = {
	name: "server.js",
	pid: 7,
	from: START - HOUR,
	to: START - HOUR + 99_000,
	samples: seconds(0, 100).map(earlier),
	breaks: [],
	damage: null,
};

const comparedFrom = (from: number): Comparison => ({ after: { pid: 8, from, to: from + 1_000 }, figures: [], oneSided: [] });
const VIEW = { from: START, to: START + 300_000 };

describe("the baseline in the charts", () => {
	it("begins where what is compared with it begins, and ends where it ended", () => {
		const rows = overlayRows(RUN, comparedFrom(START + 20_000), VIEW);
		expect(rows[0]?.t).toBe(START + 20_000);
		expect(rows[0]?.sample?.t).toBe(RUN.from);
		expect(rows.at(-1)?.t).toBe(START + 119_000);
	});

	it("is cut to the view with a row on either side, so that its lines reach the edges", () => {
		const rows = overlayRows(RUN, comparedFrom(START), { from: START + 40_500, to: START + 50_500 });
		expect(rows.map(({ t }) => (t - START) / 1_000)).toEqual([40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51]);
	});

	it("has its gaps where they were", () => {
		const broken = { ...RUN, breaks: [RUN.from + 50_000] };
		const gaps = overlayRows(broken, comparedFrom(START), VIEW).filter(({ sample }) => sample === null);
		expect(gaps.map(({ t }) => t - START)).toEqual([49_001]);
	});

	it("is not there until there is something to compare", () => {
		expect(overlayRows(RUN, null, VIEW)).toEqual([]);
		expect(overlayRows(RUN, { after: null, figures: [], oneSided: [] }, VIEW)).toEqual([]);
		expect(overlayRows(null, comparedFrom(START), VIEW)).toEqual([]);
	});

	it("is read at the time beside the crosshair, and not where it was over", () => {
		const rows = overlayRows(RUN, comparedFrom(START), VIEW);
		expect(sampleBeside(rows, START + 30_400, VIEW)?.t).toBe(RUN.from + 30_000);
		expect(sampleBeside(rows, START + 150_000, VIEW)).toBeNull();
		expect(sampleBeside([], START, VIEW)).toBeNull();
	});
});

describe("the store", () => {
	function compared(): DashboardStore {
		const store = new DashboardStore(DEFAULT_CHOICES);
		store.apply(restoreOf(seconds(0, 60).map((second) => sampleAt(second))));
		store.apply({ type: "baseline", run: RUN, since: sampleAt(30) });
		return store;
	}

	it("draws a baseline once it is told what is compared, and reads it beside the crosshair", () => {
		const store = compared();
		expect(store.view()).toMatchObject({ run: RUN, overlay: [], beside: null, baseline: { t: START + 30_000 } });
		store.apply({ type: "comparison", comparison: comparedFrom(START) });
		expect(store.view().beside?.t).toBe(RUN.from + 59_000);
		store.setCrosshair(sampleAt(10));
		expect(store.view().beside?.t).toBe(RUN.from + 10_000);
		store.apply({ type: "baseline", run: null, since: sampleAt(0) });
		expect(store.view()).toMatchObject({ run: null, overlay: [], beside: null, baseline: { t: START } });
	});

	it("draws its charts anew only where the baseline moves", () => {
		const store = compared();
		store.apply({ type: "comparison", comparison: comparedFrom(START) });
		const { overlay } = store.view();
		store.apply({ type: "comparison", comparison: { ...comparedFrom(START), oneSided: ["query, average"] } });
		expect(store.view().overlay).toBe(overlay);
		store.apply({ type: "comparison", comparison: comparedFrom(START + 5_000) });
		expect(store.view().overlay[0]?.t).toBe(START + 5_000);
	});
});
