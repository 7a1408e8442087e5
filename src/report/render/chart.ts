/** Charts as SVG: a pure function of what is drawn. Colours are the page's own variables, so that they follow its theme. */
import { escapeHtml } from "./escape.js";

export interface Series {
	readonly name: string;
	/** One of the page's `--c1` to `--c5`. */
	readonly color: 1 | 2 | 3 | 4 | 5;
	/** Areas are stacked in their order; lines stand on the axis. */
	readonly shape: "area" | "line";
	readonly values: readonly number[];
}

export interface Chart {
	readonly title: string;
	/** Milliseconds since the start, ascending; every series has a value for each. */
	readonly times: readonly number[];
	readonly series: readonly Series[];
	readonly limit: { readonly name: string; readonly value: number } | null;
	/** The vertical axis' labels. */
	format(value: number): string;
	/** The horizontal axis' labels. */
	formatTime(milliseconds: number): string;
}

const WIDTH = 720;
const HEIGHT = 240;
const PLOT = { left: 64, right: 560, top: 24, bottom: 208 };
const LABEL_GAP = 13;

interface Scale {
	x(time: number): number;
	y(value: number): number;
	readonly top: number;
}

/** @returns an `svg` element with a title, for readers that do not see it. */
export function chartSvg(chart: Chart): string {
	const drawn = stacked(chart.series);
	const scale = scaleOf(chart, drawn);
	// The last areas reach highest: drawn first, they lie behind.
	const areas = drawn.filter(({ series }) => series.shape === "area").reverse();
	const lines = drawn.filter(({ series }) => series.shape === "line");
	const parts = [
		`<title>${escapeHtml(chart.title)}</title>`,
		`<text x="${PLOT.left}" y="14">${escapeHtml(chart.title)}</text>`,
		...grid(chart, scale),
		...areas.map(({ series, tops, bottoms }) => areaPath(series, tops, bottoms, chart.times, scale)),
		...lines.map(({ series, tops }) => linePath(series, tops, chart.times, scale)),
		...(chart.limit === null ? [] : limitLine(chart.limit, scale)),
		...labels(chart, drawn, scale),
	];
	return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(chart.title)}">${parts.join("")}</svg>`;
}

interface Drawn {
	readonly series: Series;
	readonly tops: readonly number[];
	readonly bottoms: readonly number[];
}

function stacked(all: readonly Series[]): readonly Drawn[] {
	let ground: readonly number[] = [];
	return all.map((series) => {
		if (series.shape === "line") return { series, tops: series.values, bottoms: [] };
		const bottoms = series.values.map((_, index) => ground[index] ?? 0);
		const tops = series.values.map((value, index) => value + (bottoms[index] ?? 0));
		ground = tops;
		return { series, tops, bottoms };
	});
}

function scaleOf({ times, limit }: Chart, drawn: readonly Drawn[]): Scale {
	const highest = drawn.reduce((most, { tops }) => tops.reduce((high, value) => Math.max(high, value), most), 0);
	const top = niceTop(Math.max(highest, limit?.value ?? 0));
	const end = Math.max(times.at(-1) ?? 0, 1);
	return {
		top,
		x: (time) => PLOT.left + (time / end) * (PLOT.right - PLOT.left),
		y: (value) => PLOT.bottom - (value / top) * (PLOT.bottom - PLOT.top),
	};
}

/** The next 1, 2, 4, 6 or 8 times a power of ten: half of it is a round figure, too. */
function niceTop(value: number): number {
	if (value <= 0) return 2;
	const power = 10 ** Math.floor(Math.log10(value));
	const factor = [1, 2, 4, 6, 8].find((step) => step * power >= value && step * power >= 2) ?? 10;
	return factor * power;
}

function grid({ times, format, formatTime }: Chart, { x, y, top }: Scale): readonly string[] {
	const rows = [0, top / 2, top].map((value) => {
		const at = figure(y(value));
		return `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${at}" y2="${at}"/><text x="${PLOT.left - 6}" y="${figure(y(value) + 4)}" text-anchor="end">${escapeHtml(format(value))}</text>`;
	});
	const end = times.at(-1) ?? 0;
	const columns = [0, end / 2, end].map(
		(time) => `<text x="${figure(x(time))}" y="${PLOT.bottom + 18}" text-anchor="middle">${escapeHtml(formatTime(time))}</text>`,
	);
	return [...rows, ...columns];
}

function linePath({ color }: Series, values: readonly number[], times: readonly number[], scale: Scale): string {
	return `<path class="line" style="stroke:var(--c${color})" d="M${points(values, times, scale).join("L")}"/>`;
}

function areaPath({ color }: Series, tops: readonly number[], bottoms: readonly number[], times: readonly number[], scale: Scale): string {
	const outline = [...points(tops, times, scale), ...[...points(bottoms, times, scale)].reverse()];
	return `<path class="area" style="fill:var(--c${color})" d="M${outline.join("L")}Z"/>`;
}

function points(values: readonly number[], times: readonly number[], { x, y }: Scale): readonly string[] {
	return values.map((value, index) => `${figure(x(times[index] ?? 0))} ${figure(y(value))}`);
}

function limitLine({ name, value }: { readonly name: string; readonly value: number }, { y }: Scale): readonly string[] {
	const at = figure(y(value));
	return [
		`<line class="limit" x1="${PLOT.left}" x2="${PLOT.right}" y1="${at}" y2="${at}"/>`,
		`<text x="${PLOT.left + 4}" y="${figure(y(value) - 4)}">${escapeHtml(name)}</text>`,
	];
}

/** At the right end of each series its name and last value, moved apart where they would meet. */
function labels({ format }: Chart, drawn: readonly Drawn[], { y }: Scale): readonly string[] {
	const wanted = drawn
		.map(({ series, tops, bottoms }) => {
			const end = tops.at(-1) ?? 0;
			return { series, at: y(series.shape === "line" ? end : (end + (bottoms.at(-1) ?? 0)) / 2) };
		})
		.sort((a, b) => b.at - a.at);
	let ceiling = Number.POSITIVE_INFINITY;
	return wanted.map(({ series, at }) => {
		ceiling = Math.min(at, ceiling - LABEL_GAP);
		const text = `${series.name} ${format(series.values.at(-1) ?? 0)}`;
		const square = `<rect x="${PLOT.right + 8}" y="${figure(ceiling - 4)}" width="8" height="8" style="fill:var(--c${series.color})"/>`;
		return `${square}<text x="${PLOT.right + 20}" y="${figure(ceiling + 4)}">${escapeHtml(text)}</text>`;
	});
}

function figure(value: number): string {
	return String(Number(value.toFixed(1)));
}
