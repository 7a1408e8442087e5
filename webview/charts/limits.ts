import type { Theme } from "../theme.js";
import type { Chart, Plugin } from "./chartjs.js";

/** Writes each limit's name on its dashed line, at the left, where no current value stands. */
export function limitNamesPlugin(theme: () => Theme): Plugin<"line"> {
	return {
		id: "limitNames",
		afterDatasetsDraw(chart) {
			const { ctx, chartArea } = chart;
			const { font, foreground, background } = theme();
			ctx.save();
			ctx.font = `${font.size}px ${font.family}`;
			ctx.lineWidth = 3;
			ctx.lineJoin = "round";
			ctx.strokeStyle = background;
			ctx.fillStyle = foreground;
			for (const { label, x, y } of limits(chart)) {
				const baseline = y - 4 < chartArea.top + font.size ? y + font.size + 3 : y - 4;
				ctx.strokeText(label, x + 6, baseline);
				ctx.fillText(label, x + 6, baseline);
			}
			ctx.restore();
		},
	};
}

function limits(chart: Chart<"line">): readonly { readonly label: string; readonly x: number; readonly y: number }[] {
	return chart.data.datasets.flatMap((dataset, index) => {
		// The baseline's dashed lines have no label.
		if (dataset.borderDash === undefined || dataset.label === undefined) return [];
		const first = chart.getDatasetMeta(index).data.find((point) => Number.isFinite(point.y) && point.x >= chart.chartArea.left);
		return first === undefined ? [] : [{ label: dataset.label, x: Math.max(first.x, chart.chartArea.left), y: first.y }];
	});
}
