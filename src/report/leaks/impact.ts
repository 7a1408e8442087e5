import { type ChangeWeight, riseEach } from "../../protocol/index.js";
import { CLIENTS, RSS } from "./measured.js";
import type { Change, Figure, NamedFigure } from "./types.js";

/** Fewer samples than this say nothing of how much a figure varies. */
const FEWEST_SAMPLES = 10;

/** What both runs measured. */
export function impactOf(before: readonly NamedFigure[], after: readonly NamedFigure[]): readonly Change[] {
	return before.flatMap(({ name, unit, figure, samples }) => {
		const later = after.find((level) => level.name === name);
		return later === undefined ? [] : [{ name, unit, before: figure, after: later.figure, samples: Math.min(samples, later.samples) }];
	});
}

/** `beyond`: what one run ranged over and what the other one did have no value in common, so the runs differ by more than either varies. */
export function weightOf({ before, after, samples }: Change): ChangeWeight {
	if (samples < FEWEST_SAMPLES) return "few";
	return after.low > before.high || after.high < before.low ? "beyond" : "within";
}

/** What of rss went with each client; null where clients were not counted, or none went. */
export function perClientOf(impact: readonly Change[]): Figure | null {
	const [clients, rss] = [CLIENTS, RSS].map((name) => impact.find((change) => change.name === name));
	if (clients === undefined || rss === undefined) return null;
	const each = riseEach({ count: clients.after.value, rss: rss.after }, { count: clients.before.value, rss: rss.before });
	return each === null ? null : { ...each, basis: "measured", source: "rss that went, divided by the clients that went" };
}
