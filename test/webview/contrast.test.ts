import { expect, it } from "vitest";
import { contrast, legible } from "../../webview/contrast.js";

it("measures contrast as WCAG does", () => {
	expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 5);
	expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

it("leaves a colour alone that can be told from the background", () => {
	expect(legible("#3794ff", "#1f1f1f", "#cccccc")).toBe("rgb(55, 148, 255)");
});

it("makes a faint or translucent colour legible in light and dark", () => {
	for (const [background, foreground] of [
		["#1f1f1f", "#cccccc"],
		["#ffffff", "#3b3b3b"],
		["#000000", "#ffffff"],
	] as const) {
		for (const faint of ["#6b3a22", "rgba(209, 134, 22, 0.2)", "#f5e9a0", background]) {
			expect(contrast(legible(faint, background, foreground), background)).toBeGreaterThanOrEqual(3);
		}
	}
});
