/** The part of a session that is in view, and how the reader moves it. Milliseconds since the epoch. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

const MINUTE = 60_000;
/** Windows a view can have, in minutes. */
export const WINDOWS = [1, 5, 15, 60, 360, 1_440] as const;
/** A young session is drawn over a shorter span, in minutes, so that the chart is never more than half empty for long. */
const YOUNG_SPANS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1_440] as const;
const SHORTEST_MS = 5_000;

export function windowLabel(minutes: (typeof WINDOWS)[number]): string {
	return minutes < 60 ? `${minutes} min` : `${minutes / 60} h`;
}

/** The span that follows the latest sample: the chosen window, or less while there is less. */
export function followingSpan(recorded: Span, minutes: number): Span {
	const { from: first, to } = recorded;
	const shown = Math.min(minutes, YOUNG_SPANS.find((one) => one * MINUTE >= to - first) ?? minutes);
	return { from: to - shown * MINUTE, to };
}

/** All that was recorded, over a minute at least. */
export function wholeSpan({ from, to }: Span): Span {
	return { from: Math.min(from, to - MINUTE), to };
}

/** So many minutes that end where `span` does, or a little later; null when all that was recorded is no longer. */
export function windowAt({ to }: Span, minutes: number, recorded: Span): Span | null {
	const length = minutes * MINUTE;
	return length >= recorded.to - recorded.from ? null : within({ from: to - length, to }, recorded);
}

/** `factor` below 1 shows less. The time `at` stays where it is on the screen. */
export function zoomed({ from, to }: Span, at: number, factor: number, recorded: Span): Span {
	const longest = Math.max(to - from, recorded.to - recorded.from, SHORTEST_MS);
	const length = Math.min(longest, Math.max(SHORTEST_MS, (to - from) * factor));
	const place = (at - from) / (to - from);
	return within({ from: at - place * length, to: at + (1 - place) * length }, recorded);
}

export function panned({ from, to }: Span, by: number, recorded: Span): Span {
	return within({ from: from + by, to: to + by }, recorded);
}

/** Moves a span so that it ends with what was recorded at the latest, and reaches into it at the earliest. */
function within({ from, to }: Span, recorded: Span): Span {
	const length = to - from;
	const end = Math.min(recorded.to, Math.max(to, Math.min(recorded.to, recorded.from + length)));
	return { from: end - length, to: end };
}
