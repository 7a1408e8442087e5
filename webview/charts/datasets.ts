import { translucent } from "../contrast.js";
import type { Row } from "../rows.js";
import type { View } from "../store.js";
import type { Theme } from "../theme.js";
import type { ChartDataset, Point } from "./chartjs.js";
import type { Line } from "./line.js";

export type Dataset = ChartDataset<"line", Point[]>;

export interface Drawing {
	/** In the order of the lines. */
	readonly datasets: readonly Dataset[];
	/** The highest place anything is drawn at. */
	readonly peak: number;
}

const WIDTHS: Readonly<Record<Line["style"], number>> = { line: 1.5, faint: 1, band: 1, limit: 1.5 };
const LIMIT_DASH = [5, 4];
const BASELINE_DASH = [3, 3];
/** Of the baseline's lines, which stand back behind what is compared with it. */
const BASELINE_ALPHA = 0.8;
/** Pixels a lone point may reach over the right end of the chart. */
const POINT_ROOM = 4;

/** The baseline's course of every line: dashed and without a label, since the line has it. Stacked as the lines are. */
export function overlayOf(lines: readonly Line[], rows: readonly Row[], theme: Theme, stepped: boolean): Drawing {
	const stack = stackOf(lines, rows);
	const times = rows.map(({ t }) => t);
	let peak = 0;
	const datasets = lines
		.filter(({ style }) => style !== "limit")
		.map((line): Dataset => {
			const heights = stack.get(line) ?? rows.map((row) => heightAt(line, row));
			for (const height of heights) if (height > peak) peak = height;
			return {
				...strokeOf(line, theme),
				borderColor: translucent(theme.hues[line.hue], BASELINE_ALPHA),
				borderDash: BASELINE_DASH,
				borderWidth: 1,
				data: pointsIn([], { times, heights }),
				fill: false,
				// Its rows reach beyond the view on either side.
				clip: { left: 0, top: POINT_ROOM, right: 0, bottom: 0 },
				// Above the bands' fills.
				order: -1,
				pointRadius: 0,
				stepped: stepped ? "before" : false,
			};
		});
	return { datasets, peak };
}

/**
 * Datasets for the visible lines, which are listed from front to back and, for bands, from the top layer down.
 * @param before by line's id, those that were drawn last: their points are written anew in place, which Chart.js takes for the same array
 */
export function datasetsOf(
	lines: readonly Line[],
	view: View,
	{ theme, stepped, before }: { readonly theme: Theme; readonly stepped: boolean; readonly before: ReadonlyMap<string, Dataset> },
): Drawing {
	const { rows } = view;
	const stack = stackOf(lines, rows);
	const lone = lonePoints(rows);
	const times = rows.map(({ t }) => t);
	let peak = 0;
	const datasets = lines.map((line, index): Dataset => {
		const heights = stack.get(line) ?? rows.map((row) => heightAt(line, row));
		for (const height of heights) if (height > peak) peak = height;
		return {
			...strokeOf(line, theme),
			...fillOf(lines, index, theme),
			label: line.label,
			data: pointsIn(before.get(line.id)?.data ?? [], line.constant === true ? across(view, heights) : { times, heights }),
			pointRadius: line.style === "limit" ? 0 : lone,
			stepped: stepped ? "before" : false,
		};
	});
	return { datasets, peak };
}

function strokeOf(line: Line, theme: Theme): Partial<Dataset> {
	const stroke = theme.hues[line.hue];
	return {
		borderColor: stroke,
		borderWidth: WIDTHS[line.style],
		pointBackgroundColor: stroke,
		pointBorderWidth: 0,
		clip: { left: 0, top: POINT_ROOM, right: POINT_ROOM, bottom: 0 },
		...(line.style === "limit" ? { borderDash: LIMIT_DASH } : {}),
	};
}

function fillOf(lines: readonly Line[], index: number, theme: Theme): Partial<Dataset> {
	const line = lines[index];
	if (line?.style !== "band") return { fill: false };
	const below = lines.findIndex((other, place) => place > index && other.style === "band");
	return { fill: below === -1 ? "origin" : below, backgroundColor: translucent(theme.hues[line.hue], line.strength ?? 1) };
}

interface Course {
	readonly times: readonly number[];
	readonly heights: readonly number[];
}

/** Writes points over those that are there. */
function pointsIn(points: Point[], { times, heights }: Course): Point[] {
	times.forEach((x, place) => {
		const y = heights[place] ?? Number.NaN;
		const point = points[place];
		if (point === undefined) points[place] = { x, y };
		else {
			point.x = x;
			point.y = y;
		}
	});
	points.length = times.length;
	return points;
}

function across({ from, to }: View, heights: readonly number[]): Course {
	const y = heights.find(Number.isFinite) ?? Number.NaN;
	return { times: [from, to], heights: [y, y] };
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

/** Points are not drawn, except where a sample stands alone between gaps and no line could show it. */
function lonePoints(rows: readonly Row[]): number | number[] {
	const alone = rows.map((row, place) => row.sample !== null && !rows[place - 1]?.sample && !rows[place + 1]?.sample);
	return alone.includes(true) ? alone.map((lone) => (lone ? 2 : 0)) : 0;
}
