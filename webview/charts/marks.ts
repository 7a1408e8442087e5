import type { Mark } from "../../src/protocol/index.js";
import type { View } from "../store.js";
import type { Theme } from "../theme.js";
import type { Chart, Plugin } from "./chartjs.js";

/** Each kind has a shape, so that colour is not needed to tell them apart. */
const SHAPES: Readonly<Record<Mark["kind"], "triangle" | "diamond" | "square" | "ring">> = {
	alert: "triangle",
	note: "diamond",
	restart: "square",
	end: "square",
	gap: "ring",
	baseline: "ring",
};
const HALF = 4;
const DASH = [2, 3];
/** Length of the tick at the foot of the chart for a garbage collection of the whole heap. */
const TICK = 5;
/** A mark within this share of the view counts as under the crosshair. */
const NEAR_SHARE = 0.006;

/** The nearest mark to a time, if it is near enough on the screen to be meant. */
export function markNear({ marks, from, to }: View, t: number): Mark | undefined {
	const reach = (to - from) * NEAR_SHARE;
	const near = marks.filter((mark) => Math.abs(mark.t - t) <= reach);
	return near.sort((a, b) => Math.abs(a.t - t) - Math.abs(b.t - t))[0];
}

/** What happened: a dashed line with its shape at the top, and a tick at the foot per garbage collection of the whole heap. */
export function marksPlugin(view: () => View | null, theme: () => Theme): Plugin {
	return {
		id: "marks",
		afterDatasetsDraw(chart) {
			const seen = view();
			if (seen === null) return;
			chart.ctx.save();
			drawCollections(chart, seen, theme());
			for (const mark of seen.marks) if (mark.t >= seen.from && mark.t <= seen.to) drawMark(chart, mark, theme());
			chart.ctx.restore();
		},
	};
}

function drawMark({ ctx, chartArea, scales }: Chart, { t, kind }: Mark, theme: Theme): void {
	const x = Math.round(scales.x?.getPixelForValue(t) ?? 0) + 0.5;
	const y = chartArea.top + HALF;
	const color = kind === "alert" ? theme.hues.red : theme.foreground;
	ctx.strokeStyle = color;
	ctx.fillStyle = color;
	ctx.lineWidth = 1;
	ctx.setLineDash(DASH);
	ctx.beginPath();
	ctx.moveTo(x, y + HALF);
	ctx.lineTo(x, chartArea.bottom);
	ctx.stroke();
	ctx.setLineDash([]);
	ctx.beginPath();
	switch (SHAPES[kind]) {
		case "triangle":
			trace(ctx, [x, y - HALF], [x + HALF, y + HALF], [x - HALF, y + HALF]);
			ctx.fill();
			break;
		case "diamond":
			trace(ctx, [x, y - HALF], [x + HALF, y], [x, y + HALF], [x - HALF, y]);
			ctx.fill();
			break;
		case "square":
			ctx.rect(x - HALF + 1, y - HALF + 1, 2 * HALF - 2, 2 * HALF - 2);
			ctx.fill();
			break;
		case "ring":
			ctx.arc(x, y, HALF - 1, 0, 2 * Math.PI);
			ctx.stroke();
			break;
	}
}

function trace(ctx: CanvasRenderingContext2D, ...points: readonly (readonly [number, number])[]): void {
	for (const [x, y] of points) ctx.lineTo(x, y);
	ctx.closePath();
}

/** At most one tick per pixel. */
function drawCollections({ ctx, chartArea, scales }: Chart, { rows }: View, theme: Theme): void {
	const places = new Set<number>();
	let before: number | null = null;
	for (const { t, sample } of rows) {
		const collections = sample?.heap?.fullCollections ?? null;
		if (before !== null && collections !== null && collections > before) places.add(Math.round(scales.x?.getPixelForValue(t) ?? 0));
		before = collections;
	}
	ctx.strokeStyle = theme.muted;
	ctx.lineWidth = 1;
	ctx.beginPath();
	for (const x of places) {
		if (x < chartArea.left) continue;
		ctx.moveTo(x + 0.5, chartArea.bottom);
		ctx.lineTo(x + 0.5, chartArea.bottom - TICK);
	}
	ctx.stroke();
}
