import { expect, it } from "vitest";
import { formatRows } from "./table.js";

it("lines up the measures and names the one over its bound", () => {
	const table = formatRows([
		{ name: "cold scan", ratio: 2.4, bound: 3, detail: "240 ms / 100 ms" },
		{ name: "edit to diagnostics", ratio: 1.2, bound: 1, detail: "60 ms / 50 ms" },
	]);
	expect(table.split("\n").map((line) => line.replace(/ {2,}/g, " | "))).toEqual([
		"measure | ratio | bound | of what",
		"cold scan | 2.400 | ≤ 3 | ok | 240 ms / 100 ms",
		"edit to diagnostics | 1.200 | ≤ 1 | OVER | 60 ms / 50 ms",
	]);
});
