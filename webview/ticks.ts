/** Where the axes carry labels: round numbers, few, and the same until the scale really changes. */
const TIME_STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400].map((seconds) => seconds * 1_000);

/** Round local times within `from`..`to` (milliseconds), at most `most` of them. */
export function timeTicks(from: number, to: number, most: number): readonly number[] {
	const span = to - from;
	const step = TIME_STEPS.find((candidate) => span / candidate <= most) ?? span;
	const offset = new Date(to).getTimezoneOffset() * 60_000;
	const ticks: number[] = [];
	for (let t = Math.ceil((from - offset) / step) * step + offset; t <= to; t += step) ticks.push(t);
	return ticks;
}

/** The step of an axis from 0 to `top`: 1, 2 or 5 times a power of ten. */
export function niceStep(top: number, most: number): number {
	const rough = Math.max(top, Number.MIN_VALUE) / most;
	const power = 10 ** Math.floor(Math.log10(rough));
	const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
	return factor * power;
}

/** An axis from 0 that holds `peak`. It grows at once and shrinks only when less than half of it is used, so that it does not jump. */
export function niceTop(peak: number, previous: number, step: (top: number) => number): number {
	const unit = step(peak);
	const wanted = Math.max(unit, Math.ceil(peak / unit) * unit);
	return previous >= peak && peak > previous / 2 ? previous : wanted;
}
