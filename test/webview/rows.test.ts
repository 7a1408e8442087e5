import { describe, expect, it } from "vitest";
import { nearestSample, Rows, stepFrom } from "../../webview/rows.js";
import { START, sampleAt, seconds } from "./harness/samples.js";

const hour = seconds(0, 3600).map((second) => sampleAt(second));

describe("rows", () => {
	it("draws a short view sample by sample", () => {
		const rows = new Rows().of(hour.slice(0, 300), [], 300_000);
		expect(rows.map((row) => row.sample)).toEqual(hour.slice(0, 300));
	});

	it("thins a long view without losing its peaks or its last sample", () => {
		const spike = { ...sampleAt(1801), memory: { ...sampleAt(1801).memory, rss: 2e9 } };
		const rows = new Rows().of([...hour.slice(0, 1801), spike, ...hour.slice(1802)], [], 3_600_000);
		expect(rows.length).toBeLessThan(1700);
		expect(rows.some((row) => row.sample === spike)).toBe(true);
		expect(rows.at(-1)?.t).toBeGreaterThan(START + 3_590_000);
	});

	it("thins a view that slides as if it had not been there before", () => {
		const sliding = new Rows();
		for (const from of [0, 1, 7, 500]) {
			const samples = hour.slice(from, from + 2_000);
			expect(sliding.of(samples, [], 2_000_000)).toEqual(new Rows().of(samples, [], 2_000_000));
		}
		expect(sliding.of(hour, [], 3_600_000)).toEqual(new Rows().of(hour, [], 3_600_000));
	});

	it("breaks the line where samples are missing, also when the sample after the gap was thinned out", () => {
		const rows = new Rows().of([...hour.slice(0, 50), ...hour.slice(90, 120)], [START + 90_000], 300_000);
		const gap = rows.findIndex((row) => row.sample === null);
		expect(rows[gap - 1]?.t).toBe(START + 49_000);
		expect(rows[gap + 1]?.t).toBe(START + 90_000);
		const thinned = new Rows().of([...hour.slice(0, 1000), ...hour.slice(2001)], [START + 2_000_000], 3_600_000);
		expect(thinned.filter((row) => row.sample === null)).toHaveLength(1);
	});
});

describe("reading a place on the axis", () => {
	const rows = new Rows().of(hour.slice(0, 10), [], 60_000);

	it("finds the nearest sample and steps between them", () => {
		expect(nearestSample(rows, START + 4_400)?.t).toBe(START + 4_000);
		expect(stepFrom(rows, START + 4_400, 1)?.t).toBe(START + 5_000);
		expect(stepFrom(rows, START, -1)?.t).toBe(START);
		expect(stepFrom(rows, START, Number.POSITIVE_INFINITY)?.t).toBe(START + 9_000);
		expect(nearestSample([], START)).toBeNull();
	});
});
