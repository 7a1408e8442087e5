import { bytes, count, milliseconds, percent, roundBytes, roundMilliseconds } from "../../src/protocol/index.js";
import { niceStep, niceTop } from "../ticks.js";

export interface ValueAxis {
	/** Upper end of the axis, which starts at 0. */
	readonly top: number;
	readonly step: number;
}

/** How a kind of value lies on an axis, and how it reads. */
export interface ValueScale {
	/** The axis that holds `peak`, as near to the one in use as can be. */
	axisFor(peak: number, inUse: ValueAxis): ValueAxis;
	axisLabel(value: number): string;
	/** Null is a value that could not be measured. */
	valueText(value: number | null): string;
}

export const BYTES: ValueScale = {
	axisFor: (peak, inUse) => roundAxis(peak, inUse, 5),
	axisLabel: roundBytes,
	valueText: (value) => orDash(value, bytes),
};

export const MILLISECONDS: ValueScale = {
	axisFor: (peak, inUse) => roundAxis(peak, inUse, 4),
	axisLabel: roundMilliseconds,
	valueText: (value) => orDash(value, milliseconds),
};

/** Shares of one: 1 is 100 %. */
export const SHARES: ValueScale = {
	axisFor: (peak, inUse) => (peak <= 1 ? { top: 1, step: 0.25 } : roundAxis(peak, inUse, 4)),
	axisLabel: percent,
	valueText: (value) => orDash(value, percent),
};

/** Whole numbers, with room for one more. */
export const COUNTS: ValueScale = {
	axisFor: (peak, inUse) => {
		const whole = (high: number): number => Math.max(1, niceStep(high, 4));
		const top = niceTop(peak + 1, inUse.top, whole);
		return { top, step: whole(top) };
	},
	axisLabel: count,
	valueText: count,
};

function roundAxis(peak: number, inUse: ValueAxis, most: number): ValueAxis {
	const top = niceTop(peak, inUse.top, (high) => niceStep(high, most));
	return { top, step: niceStep(top, most) };
}

function orDash(value: number | null, text: (value: number) => string): string {
	return value === null ? "–" : text(value);
}
