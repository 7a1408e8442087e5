import type { Axes } from "./axes.js";
import type { Options } from "./chartjs.js";
import { FixedScale } from "./fixed-scale.js";

/** Pixels a lone point may take right of the last place on the axis. */
const POINT_ROOM = 3;

/** New ones each time: Chart.js writes into them. @param axes asked at every update */
export function chartOptions(axes: () => Axes): Options {
	return {
		animation: false,
		responsive: true,
		maintainAspectRatio: false,
		events: [],
		layout: { autoPadding: false, padding: { top: 8, right: POINT_ROOM } },
		scales: {
			x: { type: FixedScale.id, axis: "x", min: () => axes().from, max: () => axes().to },
			y: { type: FixedScale.id, axis: "y", min: 0, max: () => axes().top },
		},
	};
}
