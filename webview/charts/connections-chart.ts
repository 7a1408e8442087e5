import { count } from "../../src/protocol/index.js";
import { type ConnectionSeries, connectionSeries, connectionsAt } from "../endpoints.js";
import type { View } from "../store.js";
import type { Hue } from "../theme.js";
import { niceStep, niceTop } from "../ticks.js";
import type { Line } from "./line.js";
import { TimeChart, type ValueAxis } from "./time-chart.js";

const MOST_LABELS = 4;
const SERIES_HUES: readonly Hue[] = ["green", "purple", "orange", "blue", "yellow", "foreground"];

/** Open connections per remote endpoint, as each view counts them. */
export class ConnectionsChart extends TimeChart {
	protected override readonly stepped = true;

	protected override lines(view: View): readonly Line[] {
		const series = connectionSeries(view.rows.flatMap((row) => row.sample ?? []));
		const endpoints = [...new Set(series.map((one) => one.endpoint))];
		return [...series.map((one) => lineOf(one, endpoints.indexOf(one.endpoint))), ...limit(view)];
	}

	protected override axisFor(peak: number, inUse: ValueAxis): ValueAxis {
		const whole = (high: number): number => Math.max(1, niceStep(high, MOST_LABELS));
		const top = niceTop(peak + 1, inUse.top, whole);
		return { top, step: whole(top) };
	}

	protected override axisLabel(value: number): string {
		return count(value);
	}

	protected override valueText(value: number | null): string {
		return count(value);
	}
}

function lineOf(series: ConnectionSeries, endpoint: number): Line {
	return {
		id: series.id,
		label: series.label,
		hue: SERIES_HUES[endpoint % SERIES_HUES.length] ?? "foreground",
		style: series.view === "process" && series.label !== series.endpoint ? "faint" : "line",
		quiet: series.kind === "other",
		value: (sample) => connectionsAt(sample, series),
	};
}

function limit(view: View): readonly Line[] {
	const { connections } = view.thresholds.limits;
	if (!Number.isFinite(connections)) return [];
	const label = `limit ${count(connections)}`;
	return [{ id: "connectionLimit", label, hue: "red", style: "limit", constant: true, value: () => connections }];
}
