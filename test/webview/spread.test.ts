import { describe, expect, it } from "vitest";
import { spread } from "../../webview/charts/spread.js";

describe("spread", () => {
	it("leaves labels alone that do not touch", () => {
		expect(spread([20, 60, 100], 18, 200)).toEqual([20, 60, 100]);
	});

	it("moves labels apart around the middle they share", () => {
		expect(spread([50, 50], 18, 200)).toEqual([41, 59]);
		expect(spread([48, 52], 18, 200)).toEqual([41, 59]);
	});

	it("keeps everything inside, in order and apart, whatever is wanted", () => {
		let seed = 7;
		const random = (): number => {
			seed = (seed * 16_807) % 2_147_483_647;
			return seed / 2_147_483_647;
		};
		for (let round = 0; round < 300; round += 1) {
			const wanted = Array.from({ length: 1 + Math.floor(random() * 10) }, () => random() * 260 - 30);
			const placed = spread(wanted, 18, 200);
			const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
			const sorted = order.map((index) => placed[index] ?? Number.NaN);
			expect(Math.min(...placed)).toBeGreaterThanOrEqual(9 - 1e-6);
			expect(Math.max(...placed)).toBeLessThanOrEqual(191 + 1e-6);
			sorted.slice(1).forEach((y, index) => {
				expect(y - (sorted[index] ?? 0)).toBeGreaterThanOrEqual(18 - 1e-6);
			});
		}
	});
});
