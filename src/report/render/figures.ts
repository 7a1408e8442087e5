/** Figures of the report in words. */
import { bytes, bytesChange, count, countChange, milliseconds, roundBytes } from "../../protocol/index.js";
import type { Figure, Unit } from "../leaks/types.js";

const TEXTS: Readonly<Record<Unit, (value: number) => string>> = { bytes, count, milliseconds };

/** `178 MB`; an estimate is a range and begins with ≈. */
export function figureText({ value, low, high, basis }: Figure, unit: Unit): string {
	const text = TEXTS[unit];
	if (basis === "measured") return text(value);
	const [from, to] = [roundText(low, unit), roundText(high, unit)];
	return from === to ? `≈ ${to}` : `≈ ${from} to ${to}`;
}

/** `170 MB to 181 MB`, the spread of what was measured. */
export function spreadText({ low, high }: Figure, unit: Unit): string {
	const text = TEXTS[unit];
	return text(low) === text(high) ? text(high) : `${text(low)} to ${text(high)}`;
}

/** A limit, a target or a setting, which are round. */
export function roundText(value: number, unit: Unit): string {
	if (unit === "bytes") return roundBytes(value);
	if (unit === "count") return count(value);
	return milliseconds(value)
		.replace(/(\.\d*?)0+(?=\D)/, "$1")
		.replace(/\.(?=\D)/, "");
}

export function changeText(difference: number, unit: Unit): string {
	if (unit === "bytes") return bytesChange(difference);
	if (unit === "count") return countChange(difference);
	return `${difference < 0 ? "\u2212" : "+"}${milliseconds(Math.abs(difference))}`;
}

/** `measured; source: …` or `estimated; source: …` */
export function basisText({ basis, source }: Figure): string {
	return `${basis}; source: ${source}`;
}

/** For figures under one heading: `Measured; source: …` */
export function captionOf(figures: readonly Figure[]): string {
	const bases = new Set(figures.map(({ basis }) => basis));
	return [...bases]
		.map((basis) => {
			const sources = new Set(figures.filter((figure) => figure.basis === basis).map(({ source }) => source));
			return `${basis === "measured" ? "Measured" : "Estimated"}; source: ${[...sources].join("; ")}.`;
		})
		.join(" ");
}

/** Reports are read in other places than they are made in: UTC, with seconds. */
export function timeText(t: number): string {
	return `${new Date(t).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
