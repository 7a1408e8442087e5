import type { Theme } from "../theme.js";
import type { Plugin } from "./chartjs.js";

/** Pixels between an axis and its labels. */
const PADDING = 6;

/** Grid lines of the value axis and the labels of both, behind the series: what `FixedScale` leaves to draw. */
export function axesPlugin(theme: () => Theme): Plugin<"line"> {
	return {
		id: "axes",
		beforeDatasetsDraw({ ctx, chartArea, scales: { x, y } }) {
			if (x === undefined || y === undefined) return;
			const { grid, muted, font } = theme();
			ctx.save();
			ctx.strokeStyle = grid;
			ctx.lineWidth = 1;
			ctx.beginPath();
			const heights = y.ticks.map(({ value }) => Math.round(y.getPixelForValue(value)) + 0.5);
			for (const height of heights) {
				ctx.moveTo(chartArea.left, height);
				ctx.lineTo(chartArea.right, height);
			}
			ctx.stroke();
			ctx.font = `${font.size}px ${font.family}`;
			ctx.fillStyle = muted;
			ctx.textBaseline = "middle";
			ctx.textAlign = "right";
			for (const [place, { label }] of y.ticks.entries()) ctx.fillText(String(label), chartArea.left - PADDING, heights[place] ?? 0);
			ctx.textBaseline = "top";
			ctx.textAlign = "center";
			for (const { value, label } of x.ticks) ctx.fillText(String(label), x.getPixelForValue(value), chartArea.bottom + PADDING);
			ctx.restore();
		},
	};
}
