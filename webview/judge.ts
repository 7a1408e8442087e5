import { openDatabaseConnections, type Sample, type Thresholds } from "../src/protocol/index.js";

export type Verdict = "fine" | "near" | "over";

/** Share of a limit from which a figure that has no target counts as near it. */
const NEAR = 0.8;

export interface Verdicts {
	readonly external: Verdict;
	readonly outsideHeap: Verdict;
	readonly connections: Verdict;
}

export function judge(sample: Sample, baseline: Sample, { limits, targets }: Thresholds): Verdicts {
	const growth = sample.memory.outsideHeap - baseline.memory.outsideHeap;
	return {
		external: against(sample.memory.external, targets.external, limits.external),
		outsideHeap: against(growth, limits.outsideHeapGrowth * NEAR, limits.outsideHeapGrowth),
		connections: against(openDatabaseConnections(sample), targets.connections, limits.connections),
	};
}

function against(value: number, target: number, limit: number): Verdict {
	if (value > limit) return "over";
	return value > target ? "near" : "fine";
}
