import { describe, expect, it } from "vitest";
import { type Point, theilSen } from "../../src/monitor/theil-sen.js";
import { Random } from "../support/random.js";

const SECOND = 1_000;

const points = (n: number, y: (index: number) => number): Point[] =>
	Array.from({ length: n }, (_, index) => ({ t: index * SECOND, y: y(index) }));

/** Roughly normal, standard deviation 1. */
const normal = (random: Random): number => Array.from({ length: 12 }, () => random.next()).reduce((sum, part) => sum + part, -6);

describe("theilSen", () => {
	it("finds the slope of a line exactly", () => {
		expect(theilSen(points(20, (index) => 3 + 2 * index))).toEqual({ slope: 0.002, low: 0.002, high: 0.002 });
	});

	it("is not drawn away by a quarter of outliers", () => {
		const estimate = theilSen(points(40, (index) => (index % 4 === 0 ? 1e6 : 2 * index)));
		expect(estimate?.slope).toBeGreaterThan(0.0019);
		expect(estimate?.slope).toBeLessThan(0.0025);
	});

	it("covers the true slope in about 95 of 100 runs, with independent and with correlated noise", () => {
		const covered = (correlation: number): number => {
			const random = new Random(7);
			return Array.from({ length: 400 }, () => {
				let noise = 0;
				const estimate = theilSen(
					points(40, (index) => {
						noise = correlation * noise + normal(random);
						return 0.5 * index + noise;
					}),
				);
				return estimate !== null && estimate.low <= 0.0005 && estimate.high >= 0.0005;
			}).filter(Boolean).length;
		};
		expect(covered(0)).toBeGreaterThan(370);
		expect(covered(0.6)).toBeGreaterThan(350);
	});

	it("says nothing of fewer than five points", () => {
		expect(theilSen(points(4, (index) => index))).toBeNull();
	});
});
