import { color } from "chart.js/helpers";
import type { Row } from "../rows.js";
import type { Theme } from "../theme.js";
import type { ChartDataset, Point } from "./chartjs.js";
import type { Line } from "./line.js";

export interface Drawing {
	readonly datasets: ChartDataset<"line", Point[]>[];
	/** The highest place anything is drawn at. */
	readonly peak: number;
}

const LINE_WIDTH = 1.5;
const FAINT_WIDTH = 1;
const LIMIT_DASH = [5, 4];

/** Datasets for the visible lines, which are listed from front to back and, for bands, from the top layer down. */
export function datasetsOf(lines: readonly Line[], rows: readonly Row[], theme: Theme, stepped: boolean): Drawing {
	const stack = stackOf(lines, rows);
	const lone = lonePoints(rows);
	let peak = 0;
	const datasets = lines.map((line, index) => {
		const heights = line.style === "band" ? (stack.get(line) ?? []) : rows.map((row) => heightAt(line, row));
		for (const height of heights) if (height > peak) peak = height;
		const stroke = theme.hues[line.hue];
		const dataset: ChartDataset<"line", Point[]> = {
			label: line.label,
			data: rows.map((row, place) => ({ x: row.t, y: heights[place] ?? Number.NaN })),
			borderColor: stroke,
			borderWidth: line.style === "line" ? LINE_WIDTH : FAINT_WIDTH,
			pointRadius: lone,
			pointBackgroundColor: stroke,
			pointBorderWidth: 0,
			stepped: stepped ? "before" : false,
			...(line.style === "limit" ? { borderDash: LIMIT_DASH } : {}),
			...(line.style === "band"
				? {
						fill: fillTo(lines, index),
						backgroundColor: color(stroke)
							.alpha(line.strength ?? 0.5)
							.rgbString(),
					}
				: { fill: false }),
		};
		return dataset;
	});
	return { datasets, peak };
}

function heightAt(line: Line, row: Row): number {
	if (row.sample === null) return Number.NaN;
	return (line.height ?? line.value).call(line, row.sample) ?? Number.NaN;
}

/** Upper edge of every band at every row: its own value on top of the bands below it. */
function stackOf(lines: readonly Line[], rows: readonly Row[]): ReadonlyMap<Line, readonly number[]> {
	const stack = new Map<Line, readonly number[]>();
	let below: readonly number[] = rows.map(() => 0);
	for (const line of lines.filter((one) => one.style === "band").reverse()) {
		const floor = below;
		below = rows.map((row, place) => (floor[place] ?? 0) + heightAt(line, row));
		stack.set(line, below);
	}
	return stack;
}

function fillTo(lines: readonly Line[], index: number): number | "origin" {
	const below = lines.findIndex((line, place) => place > index && line.style === "band");
	return below === -1 ? "origin" : below;
}

/** Points are not drawn, except where a sample stands alone between gaps and no line could show it. */
function lonePoints(rows: readonly Row[]): number | number[] {
	const alone = rows.map((row, place) => row.sample !== null && !rows[place - 1]?.sample && !rows[place + 1]?.sample);
	return alone.includes(true) ? alone.map((lone) => (lone ? 2 : 0)) : 0;
}
