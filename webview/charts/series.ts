import type { Theme } from "../theme.js";
import type { Chart, Plugin, Scale } from "./chartjs.js";
import type { Course } from "./courses.js";
import type { Line } from "./line.js";

/** What a chart shows over its axes. Courses are listed from front to back. */
export interface Drawing {
	readonly courses: readonly Course[];
	/** Those of the run that it is compared with, which are drawn dashed and over all others. */
	readonly baseline: readonly Course[];
}

const WIDTHS: Readonly<Record<Line["style"], number>> = { line: 1.5, faint: 1, band: 1, limit: 1.5 };
const LIMIT_DASH = [5, 4];
const BASELINE_DASH = [3, 3];
/** Of the baseline's lines, which stand back behind what is compared with it. */
const BASELINE_ALPHA = 0.8;
/** Pixels a lone point may reach over the top and the right end of the chart. */
const POINT_ROOM = 4;
const POINT_RADIUS = 2;

/**
 * Draws every series by itself: Chart.js makes an element of each point, and works out its options anew at every update, which costs several
 * times as much as the drawing.
 */
export function seriesPlugin(drawing: () => Drawing, theme: () => Theme, stepped: boolean): Plugin<"line"> {
	return {
		id: "series",
		beforeDatasetsDraw(chart) {
			const { ctx, chartArea } = chart;
			const plane = planeOf(chart);
			if (plane === null) return;
			const { courses, baseline } = drawing();
			const { hues } = theme();
			const { left, top, width, height } = chartArea;
			ctx.save();
			ctx.beginPath();
			ctx.rect(left, top - POINT_ROOM, width + POINT_ROOM, height + POINT_ROOM);
			ctx.clip();
			for (const course of courses.toReversed()) drawCourse(ctx, course, plane, hues[course.line.hue], stepped);
			ctx.beginPath();
			ctx.rect(left, top - POINT_ROOM, width, height + POINT_ROOM);
			ctx.clip();
			ctx.setLineDash(BASELINE_DASH);
			ctx.globalAlpha = BASELINE_ALPHA;
			ctx.lineWidth = 1;
			for (const course of baseline.toReversed()) {
				ctx.strokeStyle = hues[course.line.hue];
				strokeLine(ctx, course, runsOf(course.heights), plane, stepped);
			}
			ctx.restore();
		},
	};
}

/** A stretch without a gap: places of a course, without `end`. */
interface Run {
	readonly start: number;
	readonly end: number;
}

/** Pixels of times and heights. */
interface Plane {
	x(t: number): number;
	y(height: number): number;
}

function planeOf({ scales: { x, y } }: Chart<"line">): Plane | null {
	if (x === undefined || y === undefined) return null;
	return { x: linear(x), y: linear(y) };
}

/** Asked of the scale for every point, it would take longer than the drawing. */
function linear(scale: Scale): (value: number) => number {
	const start = scale.getPixelForValue(scale.min);
	const slope = (scale.getPixelForValue(scale.max) - start) / (scale.max - scale.min);
	return (value) => start + (value - scale.min) * slope;
}

function drawCourse(ctx: CanvasRenderingContext2D, course: Course, plane: Plane, hue: string, stepped: boolean): void {
	const { line } = course;
	ctx.fillStyle = hue;
	ctx.strokeStyle = hue;
	ctx.lineWidth = WIDTHS[line.style];
	ctx.setLineDash(line.style === "limit" ? LIMIT_DASH : []);
	const runs = runsOf(course.heights);
	if (course.floor !== null) fillBand(ctx, course, course.floor, runs, plane);
	strokeLine(ctx, course, runs, plane, stepped);
	if (line.style !== "limit") dotLonePoints(ctx, course, runs, plane);
}

function fillBand(
	ctx: CanvasRenderingContext2D,
	{ line, times, heights }: Course,
	floor: readonly number[],
	runs: readonly Run[],
	plane: Plane,
): void {
	ctx.globalAlpha = line.strength ?? 1;
	ctx.beginPath();
	for (const { start, end } of runs) {
		ctx.moveTo(plane.x(times[start] ?? 0), plane.y(heights[start] ?? 0));
		for (let place = start + 1; place < end; place += 1) ctx.lineTo(plane.x(times[place] ?? 0), plane.y(heights[place] ?? 0));
		for (let place = end - 1; place >= start; place -= 1) ctx.lineTo(plane.x(times[place] ?? 0), plane.y(floor[place] ?? 0));
		ctx.closePath();
	}
	ctx.fill();
	ctx.globalAlpha = 1;
}

function strokeLine(ctx: CanvasRenderingContext2D, { times, heights }: Course, runs: readonly Run[], plane: Plane, stepped: boolean): void {
	ctx.beginPath();
	for (const { start, end } of runs) {
		let before = plane.y(heights[start] ?? 0);
		ctx.moveTo(plane.x(times[start] ?? 0), before);
		for (let place = start + 1; place < end; place += 1) {
			const [x, y] = [plane.x(times[place] ?? 0), plane.y(heights[place] ?? 0)];
			const holds = stepped && y === before;
			if (holds && place + 1 < end) continue;
			if (stepped && !holds) ctx.lineTo(x, before);
			ctx.lineTo(x, y);
			before = y;
		}
	}
	ctx.stroke();
}

/** A value between gaps, which no line could show. */
function dotLonePoints(ctx: CanvasRenderingContext2D, { times, heights }: Course, runs: readonly Run[], plane: Plane): void {
	for (const { start, end } of runs) {
		if (end - start > 1) continue;
		ctx.beginPath();
		ctx.arc(plane.x(times[start] ?? 0), plane.y(heights[start] ?? 0), POINT_RADIUS, 0, 2 * Math.PI);
		ctx.fill();
	}
}

function runsOf(heights: readonly number[]): readonly Run[] {
	const runs: Run[] = [];
	let start = 0;
	for (let place = 0; place <= heights.length; place += 1) {
		if (Number.isFinite(heights[place])) continue;
		if (place > start) runs.push({ start, end: place });
		start = place + 1;
	}
	return runs;
}
