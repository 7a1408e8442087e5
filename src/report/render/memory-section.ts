import { bytes, count, duration, MEMORY_LAYERS, roundBytes, trendText } from "../../protocol/index.js";
import { CONNECTIONS, RSS } from "../leaks/measured.js";
import type { Cause, LeakReport, Measured } from "../leaks/types.js";
import type { Chart } from "./chart.js";
import type { Block, Column, Section, Text } from "./document.js";
import { basisText, captionOf, figureText, timeText } from "./figures.js";

const COLUMNS: readonly Column[] = [
	{ head: "Part of rss", align: "left" },
	{ head: "Size", align: "right" },
	{ head: "Share", align: "right" },
];

export function memorySection({ measured, baseline, causes, thresholds }: LeakReport): Section {
	const limit = thresholds.find(({ name }) => name === CONNECTIONS)?.limit ?? null;
	return {
		title: "Memory",
		blocks: [
			...(measured === null ? [] : processBlocks(measured, limit)),
			...(baseline === null || measured === null ? [] : [{ kind: "chart" as const, chart: overlayOf(baseline, measured) }]),
			estimates(causes),
		],
	};
}

function processBlocks(measured: Measured, limit: number | null): readonly Block[] {
	const { name, pid, from, to, samples, restarts, damage, levels, trends } = measured;
	const rss = levels.find((level) => level.name === RSS)?.figure.value ?? 0;
	const notes = [
		`${name} (pid ${pid}), ${timeText(from)} to ${timeText(to)}: ${count(samples)} samples.`,
		...(restarts > 0 ? [`Processes before it in the recording, ${count(restarts)}, are left out.`] : []),
		...(damage === null ? [] : [`The recording is damaged, and what can be read of it counts. ${damage}`]),
		...trends.flatMap((trend) => trendText(trend) ?? []).map((text) => `${text} (measured).`),
	];
	const parts = MEMORY_LAYERS.flatMap((part) => levels.filter((level) => level.name === part));
	return [
		{ kind: "paragraph", text: notes.join(" ") },
		{
			kind: "table",
			columns: COLUMNS,
			rows: parts.map((part): readonly Text[] => [
				part.name,
				figureText(part.figure, "bytes"),
				`${((part.figure.value / rss) * 100).toFixed(0)} %`,
			]),
		},
		{ kind: "paragraph", text: captionOf(parts.map(({ figure }) => figure)) },
		{ kind: "chart", chart: memoryChart(measured) },
		{ kind: "chart", chart: connectionsChart(measured, limit) },
	];
}

/** What the sources cost, where nobody has measured it. */
function estimates(causes: readonly Cause[]): Block {
	const known = causes.flatMap(({ title, saving }) => (saving === null ? [] : [{ title, saving }]));
	if (known.length === 0) return { kind: "paragraph", text: "No cost is known of what was found in the sources." };
	return {
		kind: "table",
		columns: [
			{ head: "Taken by", align: "left" },
			{ head: "Size", align: "right" },
			{ head: "Basis", align: "left" },
		],
		rows: known.map(({ title, saving }) => [title, figureText(saving, "bytes"), basisText(saving)]),
	};
}

function memoryChart({ series, name }: Measured): Chart {
	return {
		title: `Memory of ${name}, measured`,
		times: timesOf({ series }),
		series: [
			{ name: MEMORY_LAYERS[0], color: 1, shape: "area", values: series.map(({ heapUsed }) => heapUsed) },
			{ name: MEMORY_LAYERS[1], color: 2, shape: "area", values: series.map(({ heapFree }) => heapFree) },
			{ name: MEMORY_LAYERS[2], color: 3, shape: "area", values: series.map(({ external }) => external) },
			{ name: MEMORY_LAYERS[3], color: 4, shape: "area", values: series.map(({ native }) => native) },
			{ name: RSS, color: 5, shape: "line", values: series.map(({ rss }) => rss) },
		],
		limit: null,
		format: roundBytesOf,
		formatTime: duration,
	};
}

function connectionsChart({ series, name }: Measured, limit: number | null): Chart {
	return {
		title: `Database connections of ${name}, measured`,
		times: timesOf({ series }),
		series: [{ name: "open", color: 1, shape: "line", values: series.map(({ connections }) => connections) }],
		limit: limit === null ? null : { name: `alert over ${count(limit)}`, value: limit },
		format: count,
		formatTime: duration,
	};
}

/** Both runs from their starts; the shorter one ends where it ended. */
function overlayOf(baseline: Measured, measured: Measured): Chart {
	const [before, after] = [baseline, measured].map((run) => ({ times: timesOf(run), values: run.series.map(({ rss }) => rss) }));
	const end = Math.min(before?.times.at(-1) ?? 0, after?.times.at(-1) ?? 0);
	const times = Array.from({ length: 101 }, (_, index) => (end * index) / 100);
	const at = (run: typeof before): readonly number[] => times.map((time) => run?.values[lastBefore(run.times, time)] ?? 0);
	return {
		title: "rss before and after, measured, from the start of each recording",
		times,
		series: [
			{ name: "before", color: 3, shape: "line", values: at(before) },
			{ name: "after", color: 1, shape: "line", values: at(after) },
		],
		limit: null,
		format: roundBytesOf,
		formatTime: duration,
	};
}

function lastBefore(times: readonly number[], time: number): number {
	return Math.max(
		0,
		times.findLastIndex((each) => each <= time),
	);
}

function timesOf({ series }: Pick<Measured, "series">): readonly number[] {
	return series.map(({ t }) => t - (series[0]?.t ?? t));
}

/** An axis has round figures, a label at its end has three digits. */
function roundBytesOf(value: number): string {
	return value % 1_000_000 === 0 ? roundBytes(value) : bytes(value);
}
