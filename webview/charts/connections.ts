import { count } from "../../src/protocol/index.js";
import { type ConnectionSeries, connectionSeries, connectionsAt } from "../endpoints.js";
import type { View } from "../store.js";
import type { Hue } from "../theme.js";
import type { Line } from "./line.js";
import type { Plot } from "./plot.js";
import { COUNTS } from "./scales.js";

const SERIES_HUES: readonly Hue[] = ["green", "purple", "orange", "blue", "yellow", "foreground"];

/** Open connections per remote endpoint, as each view counts them. */
export const CONNECTIONS: Plot = {
	id: "connections-chart",
	title: "Connections",
	description: "Open connections over time, per remote endpoint.",
	scale: COUNTS,
	stepped: true,
	level: null,
	has: () => true,
	lines: (view) => {
		const series = connectionSeries([...view.rows, ...view.overlay].flatMap((row) => row.sample ?? []));
		const endpoints = [...new Set(series.map((one) => one.endpoint))];
		return [...series.map((one) => lineOf(one, endpoints.indexOf(one.endpoint))), ...limit(view)];
	},
};

function lineOf(series: ConnectionSeries, endpoint: number): Line {
	return {
		id: series.id,
		label: series.label,
		hue: SERIES_HUES[endpoint % SERIES_HUES.length] ?? "foreground",
		style: series.secondary ? "faint" : "line",
		quiet: series.quiet,
		value: (sample) => connectionsAt(sample, series),
	};
}

function limit(view: View): readonly Line[] {
	const { connections } = view.thresholds.limits;
	if (!Number.isFinite(connections)) return [];
	const label = `limit ${count(connections)}`;
	return [{ id: "connectionLimit", label, hue: "red", style: "limit", constant: true, value: () => connections }];
}
