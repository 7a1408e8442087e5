import type { Scale } from "./chartjs.js";
import type { Course } from "./courses.js";

const POINT_RADIUS = 2;

/** How a course is drawn. */
export interface Stroke {
	readonly hue: string;
	/** In pixels. */
	readonly width: number;
	/** Lengths of dashes and gaps in pixels; none for a line without gaps. */
	readonly dash: readonly number[];
	/** Of the line, from 0 to 1. */
	readonly alpha: number;
	/** Whether a value holds until the next one. */
	readonly stepped: boolean;
}

/** Pixels of times and heights. */
export interface Plane {
	x(t: number): number;
	y(height: number): number;
}

/** A stretch without a gap: places of a course, without `end`. */
interface Run {
	readonly start: number;
	readonly end: number;
}

export function planeOf(x: Scale, y: Scale): Plane {
	return { x: linear(x), y: linear(y) };
}

/** Asked of the scale for every point, it would take longer than the drawing. */
function linear(scale: Scale): (value: number) => number {
	const start = scale.getPixelForValue(scale.min);
	const slope = (scale.getPixelForValue(scale.max) - start) / (scale.max - scale.min);
	return (value) => start + (value - scale.min) * slope;
}

/** A band's fill, then the line, then the values that stand alone and no line could show; limits have none of these. */
export function drawCourse(ctx: CanvasRenderingContext2D, course: Course, plane: Plane, stroke: Stroke): void {
	const runs = runsOf(course.heights);
	ctx.save();
	ctx.fillStyle = stroke.hue;
	ctx.strokeStyle = stroke.hue;
	if (course.floor !== null) fillBand(ctx, course, course.floor, runs, plane);
	ctx.globalAlpha = stroke.alpha;
	ctx.lineWidth = stroke.width;
	ctx.setLineDash(stroke.dash);
	strokeLine(ctx, course, runs, plane, stroke.stepped);
	if (stroke.dash.length === 0) dotLonePoints(ctx, course, runs, plane);
	ctx.restore();
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
