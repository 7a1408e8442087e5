import { riseEach } from "../../protocol/index.js";
import { CLIENTS, RSS } from "./measured.js";
import type { Change, Figure, Measured } from "./types.js";

/** What both recordings measured. */
export function impactOf(baseline: Measured | null, measured: Measured | null): readonly Change[] {
	if (baseline === null || measured === null) return [];
	return baseline.levels.flatMap(({ name, unit, figure }) => {
		const after = measured.levels.find((level) => level.name === name);
		return after === undefined ? [] : [{ name, unit, before: figure, after: after.figure }];
	});
}

/** What of rss went with each client; null where clients were not counted, or none went. */
export function perClientOf(impact: readonly Change[]): Figure | null {
	const [clients, rss] = [CLIENTS, RSS].map((name) => impact.find((change) => change.name === name));
	if (clients === undefined || rss === undefined) return null;
	const each = riseEach({ count: clients.after.value, rss: rss.after }, { count: clients.before.value, rss: rss.before });
	return each === null ? null : { ...each, basis: "measured", source: "rss that went, divided by the clients that went" };
}
