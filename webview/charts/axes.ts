import { clock, clockMinutes } from "../../src/protocol/index.js";
import type { Span } from "../span.js";
import type { Theme } from "../theme.js";
import { timeTicks } from "../ticks.js";
import type { Plugin } from "./chartjs.js";
import type { ValueAxis } from "./scales.js";

/** The time and the values that a chart is drawn over. */
export interface Axes extends Span, ValueAxis {}

/** Pixels between an axis and its labels. */
const PADDING = 6;
const TIME_LABEL_WIDTH = 66;
const SECONDS_MATTER_MS = 10 * 60_000;

/** Grid lines of the value axis and the labels of both, behind the series: what `FixedScale` leaves to draw. */
export function axesPlugin(axes: () => Axes, theme: () => Theme, valueLabel: (value: number) => string): Plugin {
	return {
		id: "axes",
		beforeDatasetsDraw({ ctx, chartArea, scales: { x, y } }) {
			if (x === undefined || y === undefined) return;
			const { grid, muted, font } = theme();
			const span = axes();
			const values = ticksUpTo(span).map((value) => ({ value, at: Math.round(y.getPixelForValue(value)) + 0.5 }));
			ctx.save();
			ctx.strokeStyle = grid;
			ctx.lineWidth = 1;
			ctx.beginPath();
			for (const { at } of values) {
				ctx.moveTo(chartArea.left, at);
				ctx.lineTo(chartArea.right, at);
			}
			ctx.stroke();
			ctx.font = `${font.size}px ${font.family}`;
			ctx.fillStyle = muted;
			ctx.textBaseline = "middle";
			ctx.textAlign = "right";
			for (const { value, at } of values) ctx.fillText(valueLabel(value), chartArea.left - PADDING, at);
			ctx.textBaseline = "top";
			ctx.textAlign = "center";
			const label = span.to - span.from <= SECONDS_MATTER_MS ? clock : clockMinutes;
			for (const t of timesOn(span, x.width)) ctx.fillText(label(t), x.getPixelForValue(t), chartArea.bottom + PADDING);
			ctx.restore();
		},
	};
}

function ticksUpTo({ top, step }: ValueAxis): readonly number[] {
	return Array.from({ length: Math.round(top / step) + 1 }, (_, place) => place * step);
}

/** Round times whose labels have room, and are not cut at either end. */
function timesOn({ from, to }: Span, width: number): readonly number[] {
	const most = Math.max(1, Math.floor(width / TIME_LABEL_WIDTH));
	const margin = ((to - from) * TIME_LABEL_WIDTH) / 2 / Math.max(width, TIME_LABEL_WIDTH);
	return timeTicks(from, to, most).filter((t) => t - from >= margin && to - t >= margin);
}
