import { describe, expect, it } from "vitest";
import { priceOf, searchSeconds } from "../../../src/monitor/levels/price.js";

describe("prices of levels", () => {
	it("follow the figures that were measured", () => {
		expect(searchSeconds(9e6)).toBeCloseTo(0.2, 1);
		expect(searchSeconds(125e6)).toBeGreaterThan(1);
		expect(searchSeconds(125e6)).toBeLessThan(2);
	});

	it("name the stop in seconds once the heap's size is known", () => {
		expect(priceOf("inventory", null)).toContain("stops for a moment");
		expect(priceOf("inventory", 25e6)).toContain("stops for about 0.4 s");
		expect(priceOf("inventory", 500e6)).toContain("stops for about 6 s");
	});
});
