import type { Plugin } from "./chartjs.js";

export interface CrosshairMark {
	readonly t: number;
	readonly color: string;
}

/** A vertical line at the time that all charts are read at. */
export function crosshairPlugin(mark: () => CrosshairMark | null): Plugin {
	return {
		id: "crosshair",
		afterDatasetsDraw(chart) {
			const at = mark();
			const scale = chart.scales.x;
			if (at === null || scale === undefined || at.t < scale.min || at.t > scale.max) return;
			const { ctx, chartArea } = chart;
			const x = Math.round(scale.getPixelForValue(at.t)) + 0.5;
			ctx.save();
			ctx.strokeStyle = at.color;
			ctx.lineWidth = 1;
			ctx.beginPath();
			ctx.moveTo(x, chartArea.top);
			ctx.lineTo(x, chartArea.bottom);
			ctx.stroke();
			ctx.restore();
		},
	};
}
