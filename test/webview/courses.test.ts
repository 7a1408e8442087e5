import { describe, expect, it } from "vitest";
import { coursesOf, endOf, peakOf } from "../../webview/charts/courses.js";
import type { Line } from "../../webview/charts/line.js";
import type { Row } from "../../webview/rows.js";
import { START, sampleAt } from "./harness/samples.js";

const VIEW = { from: START, to: START + 10_000 };
const RSS: Line = { id: "rss", label: "rss", hue: "foreground", style: "line", value: ({ memory }) => memory.rss };
const UPPER: Line = { id: "upper", label: "upper", hue: "blue", style: "band", value: ({ t }) => (t - START) / 1_000 };
const LOWER: Line = { id: "lower", label: "lower", hue: "blue", style: "band", value: () => 10 };
const LIMIT: Line = { id: "limit", label: "limit", hue: "red", style: "limit", constant: true, value: () => 7 };

const row = (second: number): Row => ({ t: START + second * 1_000, sample: sampleAt(second) });
const gap = (second: number): Row => ({ t: START + second * 1_000, sample: null });

describe("the courses of a chart's lines", () => {
	it("stack bands on those that are listed after them", () => {
		const [upper, lower] = coursesOf([UPPER, LOWER], [row(1), row(4)], VIEW);
		expect(lower).toMatchObject({ heights: [10, 10], floor: [0, 0] });
		expect(upper).toMatchObject({ heights: [11, 14], floor: [10, 10] });
		expect(peakOf([upper, lower].flatMap((course) => course ?? []))).toBe(14);
	});

	it("are broken by a gap, above and below", () => {
		const [upper, lower] = coursesOf([UPPER, LOWER], [row(1), gap(2), row(3)], VIEW);
		expect(upper?.heights).toEqual([11, Number.NaN, 13]);
		expect(lower?.heights).toEqual([10, Number.NaN, 10]);
	});

	it("run across the whole view where the height is always the same", () => {
		const [limit] = coursesOf([LIMIT], [gap(1), row(2)], VIEW);
		expect(limit).toMatchObject({ times: [VIEW.from, VIEW.to], heights: [7, 7] });
	});

	it("end at the last height, a band in its middle", () => {
		const [upper, rss] = coursesOf([UPPER, RSS, LOWER], [row(1), row(4), gap(5)], VIEW);
		expect(upper && endOf(upper)).toBe(12);
		expect(rss && endOf(rss)).toBe(sampleAt(4).memory.rss);
		const [empty] = coursesOf([RSS], [gap(1)], VIEW);
		expect(empty && endOf(empty)).toBeNull();
	});
});
