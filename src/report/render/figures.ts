/** Figures of the report in words. */
import { count, inUnit, milliseconds, roundBytes, type Unit } from "../../protocol/index.js";
import type { Figure } from "../leaks/types.js";

/** `178 MB`; an estimate is a range and begins with ≈. */
export function figureText({ value, low, high, basis }: Figure, unit: Unit): string {
	if (basis === "measured") return inUnit(value, unit);
	const [from, to] = [roundText(low, unit), roundText(high, unit)];
	return from === to ? `≈ ${to}` : `≈ ${from} to ${to}`;
}

/** A limit, a target or a setting, which are round. */
export function roundText(value: number, unit: Unit): string {
	if (unit === "bytes") return roundBytes(value);
	if (unit === "count") return count(value);
	return milliseconds(value)
		.replace(/(\.\d*?)0+(?=\D)/, "$1")
		.replace(/\.(?=\D)/, "");
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
