import { type DashboardThresholds, openDatabaseConnections, type Sample } from "../src/protocol/index.js";

export type Verdict = "fine" | "near" | "over";

/** Share of a limit from which a figure counts as near it. */
const NEAR = 0.8;

export interface Verdicts {
	readonly external: Verdict;
	readonly outsideHeap: Verdict;
	readonly connections: Verdict;
}

export function judge(sample: Sample, baseline: Sample, thresholds: DashboardThresholds): Verdicts {
	return {
		external: against(sample.memory.external, thresholds.external),
		outsideHeap: against(sample.memory.outsideHeap - baseline.memory.outsideHeap, thresholds.outsideHeapGrowth),
		connections: against(openDatabaseConnections(sample), thresholds.connections),
	};
}

function against(value: number, limit: number): Verdict {
	if (value > limit) return "over";
	return value >= limit * NEAR ? "near" : "fine";
}
