const UNITS = [
	[86_400_000, "days"],
	[3_600_000, "h"],
	[60_000, "min"],
	[1_000, "s"],
] as const;

/** `30 s`, `1 h`, `8.3 h`: the largest unit that fits, two significant digits where it does not divide. */
export function durationText(milliseconds: number): string {
	for (const [size, unit] of UNITS) {
		const count = milliseconds / size;
		if (count >= 1)
			return `${Number.isInteger(count) ? count : Number(count.toPrecision(2))} ${unit === "days" && count === 1 ? "day" : unit}`;
	}
	return `${milliseconds} ms`;
}
