import { openDatabaseConnections, type Sample, type Thresholds, type Verdict, verdictOn } from "../src/protocol/index.js";

/** Share of a limit from which a figure that has no target counts as near it. */
const NEAR = 0.8;

export interface Verdicts {
	readonly external: Verdict;
	readonly outsideHeap: Verdict;
	readonly connections: Verdict;
}

export function judge(sample: Sample, baseline: Sample, { limits, targets }: Thresholds): Verdicts {
	// What lies outside of the heaps of a process is not the doing of one of its threads.
	const growth = sample.worker !== undefined ? 0 : sample.memory.outsideHeap - baseline.memory.outsideHeap;
	return {
		external: verdictOn(sample.memory.external, targets.external, limits.external),
		outsideHeap: verdictOn(growth, limits.outsideHeapGrowth * NEAR, limits.outsideHeapGrowth),
		connections: verdictOn(openDatabaseConnections(sample), targets.connections, limits.connections),
	};
}
