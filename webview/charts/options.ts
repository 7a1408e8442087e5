import { clock, clockMinutes } from "../../src/protocol/index.js";
import type { Theme } from "../theme.js";
import { timeTicks } from "../ticks.js";
import type { ChartOptions } from "./chartjs.js";

export interface Axes {
	/** Milliseconds since the epoch. */
	readonly from: number;
	readonly to: number;
	/** Upper end of the value axis, which starts at 0. */
	readonly top: number;
	readonly step: number;
	valueLabel(value: number): string;
}

/** Width of the value axis: the same in every chart, so that their time axes stand under one another. */
const AXIS_WIDTH = 58;
/** Pixels a lone point may take right of the last place on the axis. */
const POINT_ROOM = 3;
const TIME_LABEL_WIDTH = 66;
const SECONDS_MATTER_MS = 10 * 60_000;

export function optionsOf(axes: Axes, theme: Theme): ChartOptions<"line"> {
	const timeLabel = axes.to - axes.from <= SECONDS_MATTER_MS ? clock : clockMinutes;
	const grid = { color: theme.grid, drawTicks: false };
	const border = { display: false };
	const ticks = { color: theme.muted, font: theme.font, padding: 6 };
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
				type: "linear",
				min: axes.from,
				max: axes.to,
				grid: { ...grid, display: false },
				border,
				afterBuildTicks: (axis) => {
					const most = Math.max(1, Math.floor(axis.width / TIME_LABEL_WIDTH));
					const margin = ((axes.to - axes.from) * TIME_LABEL_WIDTH) / 2 / Math.max(axis.width, TIME_LABEL_WIDTH);
					const whole = timeTicks(axes.from, axes.to, most).filter((t) => t - axes.from >= margin && axes.to - t >= margin);
					axis.ticks = whole.map((value) => ({ value }));
				},
				afterFit: (axis) => {
					axis.paddingLeft = 0;
					axis.paddingRight = 0;
				},
				ticks: { ...ticks, maxRotation: 0, autoSkip: false, callback: (value) => timeLabel(Number(value)) },
			},
			y: {
				type: "linear",
				min: 0,
				max: axes.top,
				grid,
				border,
				afterFit: (axis) => {
					axis.width = AXIS_WIDTH;
				},
				ticks: { ...ticks, stepSize: axes.step, callback: (value) => axes.valueLabel(Number(value)) },
			},
		},
	};
}
