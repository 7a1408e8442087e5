import { describe, expect, it } from "vitest";
import { niceStep, niceTop, timeTicks } from "../../webview/ticks.js";

describe("timeTicks", () => {
	it("stands on round times within the view, no more than asked for", () => {
		const from = new Date(2026, 2, 4, 9, 30, 7).getTime();
		for (const minutes of [1, 5, 15, 60, 24 * 60]) {
			const ticks = timeTicks(from, from + minutes * 60_000, 6);
			expect(ticks.length).toBeGreaterThanOrEqual(2);
			expect(ticks.length).toBeLessThanOrEqual(7);
			for (const t of ticks) {
				expect(t).toBeGreaterThanOrEqual(from);
				expect(new Date(t).getSeconds() % 5).toBe(0);
			}
		}
	});

	it("does not move with the view", () => {
		const from = new Date(2026, 2, 4, 9, 30, 0).getTime();
		const later = timeTicks(from + 7_000, from + 307_000, 6);
		for (const t of timeTicks(from, from + 300_000, 6)) if (t >= from + 7_000) expect(later).toContain(t);
	});
});

describe("the value axis", () => {
	it("steps by 1, 2 or 5 times a power of ten", () => {
		expect(niceStep(178e6, 5)).toBe(50e6);
		expect(niceStep(240e6, 5)).toBe(50e6);
		expect(niceStep(7, 4)).toBe(2);
		expect(niceStep(90, 5)).toBe(20);
	});

	it("grows at once and shrinks only when less than half is used", () => {
		const step = (top: number): number => niceStep(top, 5);
		expect(niceTop(178e6, 0, step)).toBe(200e6);
		expect(niceTop(201e6, 200e6, step)).toBe(250e6);
		expect(niceTop(130e6, 250e6, step)).toBe(250e6);
		expect(niceTop(90e6, 250e6, step)).toBe(100e6);
	});
});
