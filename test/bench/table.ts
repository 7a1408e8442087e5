import type { BenchRow } from "./row.js";

const HEADINGS = ["measure", "ratio", "bound", "", "of what"];

/** Aligned columns, one row per measure. */
export function formatRows(rows: readonly BenchRow[]): string {
	const cells = rows.map(({ name, ratio, bound, detail }) => [
		name,
		ratio.toFixed(3),
		`≤ ${bound}`,
		ratio <= bound ? "ok" : "OVER",
		detail,
	]);
	const widths = HEADINGS.map((heading, at) => Math.max(heading.length, ...cells.map((row) => row[at]?.length ?? 0)));
	const line = (row: readonly string[]) =>
		row
			.map((cell, at) => cell.padEnd(widths[at] ?? 0))
			.join("  ")
			.trimEnd();
	return [HEADINGS, ...cells].map(line).join("\n");
}
