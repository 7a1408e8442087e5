import { clock, clockMinutes } from "../../src/protocol/index.js";
import { timeTicks } from "../ticks.js";
import type { ChartOptions } from "./chartjs.js";
import { FixedScale } from "./fixed-scale.js";

export interface Axes {
	/** Milliseconds since the epoch. */
	readonly from: number;
	readonly to: number;
	/** Upper end of the value axis, which starts at 0. */
	readonly top: number;
	readonly step: number;
}

/** Pixels a lone point may take right of the last place on the axis. */
const POINT_ROOM = 3;
const TIME_LABEL_WIDTH = 66;
const SECONDS_MATTER_MS = 10 * 60_000;

/** What changes from sample to sample is set by `setAxes`. */
export function optionsOf(valueLabel: (value: number) => string): ChartOptions<"line"> {
	return {
		animation: false,
		responsive: true,
		maintainAspectRatio: false,
		parsing: false,
		normalized: true,
		events: [],
		layout: { autoPadding: false, padding: { top: 8, right: POINT_ROOM } },
		scales: {
			x: {
				type: FixedScale.id,
				afterBuildTicks: (axis) => {
					axis.ticks = timesOn(axis).map((value) => ({ value }));
				},
				ticks: {
					autoSkip: false,
					callback(value) {
						return this.max - this.min <= SECONDS_MATTER_MS ? clock(Number(value)) : clockMinutes(Number(value));
					},
				},
			},
			y: { type: FixedScale.id, min: 0, ticks: { autoSkip: false, callback: (value) => valueLabel(Number(value)) } },
		},
	};
}

export function setAxes({ scales }: ChartOptions<"line">, { from, to, top, step }: Axes): void {
	Object.assign(scales?.x ?? {}, { min: from, max: to });
	Object.assign(scales?.y ?? {}, { max: top });
	Object.assign(scales?.y?.ticks ?? {}, { stepSize: step });
}

/** Round times whose labels have room, and are not cut at either end. */
function timesOn({ min, max, width }: { readonly min: number; readonly max: number; readonly width: number }): readonly number[] {
	const most = Math.max(1, Math.floor(width / TIME_LABEL_WIDTH));
	const margin = ((max - min) * TIME_LABEL_WIDTH) / 2 / Math.max(width, TIME_LABEL_WIDTH);
	return timeTicks(min, max, most).filter((t) => t - min >= margin && max - t >= margin);
}
