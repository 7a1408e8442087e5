import type { Row } from "../rows.js";
import type { Span } from "../span.js";
import type { Line } from "./line.js";

/** Where a line goes: its height at every time. */
export interface Course {
	readonly line: Line;
	readonly times: readonly number[];
	/** On the value axis; NaN where the line is broken. */
	readonly heights: readonly number[];
	/** Lower edge of a band, at the same times; null of a line. */
	readonly floor: readonly number[] | null;
}

/** The course of every line, which are listed from front to back and, for bands, from the top layer down. */
export function coursesOf(lines: readonly Line[], rows: readonly Row[], { from, to }: Span): readonly Course[] {
	const times = rows.map(({ t }) => t);
	const stack = stackOf(lines, rows);
	return lines.map((line): Course => {
		const layer = stack.get(line);
		if (layer !== undefined) return { line, times, ...layer };
		const heights = rows.map((row) => heightAt(line, row));
		if (line.constant !== true) return { line, times, heights, floor: null };
		const height = heights.find(Number.isFinite) ?? Number.NaN;
		return { line, times: [from, to], heights: [height, height], floor: null };
	});
}

/** The highest place anything is drawn at. */
export function peakOf(courses: readonly Course[]): number {
	let peak = 0;
	for (const { heights } of courses) for (const height of heights) if (height > peak) peak = height;
	return peak;
}

/** Where the line ends at the right: its last height, or the middle of a band there; null while there is none. */
export function endOf({ heights, floor }: Course): number | null {
	const last = heights.findLastIndex(Number.isFinite);
	const height = heights[last];
	if (height === undefined) return null;
	return floor === null ? height : (height + (floor[last] ?? 0)) / 2;
}

function heightAt(line: Line, { sample }: Row): number {
	if (sample === null) return Number.NaN;
	return (line.height ?? line.value).call(line, sample) ?? Number.NaN;
}

type Layer = Pick<Course, "heights"> & { readonly floor: readonly number[] };

/** Both edges of every band: its own value on top of the bands below it. */
function stackOf(lines: readonly Line[], rows: readonly Row[]): ReadonlyMap<Line, Layer> {
	const stack = new Map<Line, Layer>();
	let below: readonly number[] = rows.map(() => 0);
	for (const line of lines.filter(({ style }) => style === "band").reverse()) {
		const floor = below;
		const heights = rows.map((row, place) => (floor[place] ?? 0) + heightAt(line, row));
		stack.set(line, { heights, floor });
		below = heights;
	}
	return stack;
}
