import type { ChartOptions } from "./chartjs.js";
import { FixedScale } from "./fixed-scale.js";

/** Pixels a lone point may take right of the last place on the axis. */
const POINT_ROOM = 3;

/** New ones each time: Chart.js writes into them. */
export function chartOptions(): ChartOptions<"line"> {
	return {
		animation: false,
		responsive: true,
		maintainAspectRatio: false,
		events: [],
		layout: { autoPadding: false, padding: { top: 8, right: POINT_ROOM } },
		scales: { x: { type: FixedScale.id }, y: { type: FixedScale.id } },
	};
}
