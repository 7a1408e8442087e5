import { runNode } from "./process-run.js";
import { buildScanChild } from "./products.js";
import type { BenchRow } from "./row.js";
import { withScratch } from "./scratch.js";
import { median } from "./statistics.js";

const PAIRS = 9;

interface Measure {
	readonly ms: number;
	readonly count: number;
}

/** Each run in a process of its own, floor and scan in turn and the order reversed each time, so that both are as cold as for a user. */
export function coldScanBench(tree: string): Promise<BenchRow> {
	return withScratch(async (folder) => {
		const program = await buildScanChild(folder);
		const measure = (mode: "floor" | "scan"): Measure => JSON.parse(runNode([program, mode, tree], folder).output);
		const pairs = Array.from({ length: PAIRS }, (_, index) => {
			const floorFirst = index % 2 === 0 ? measure("floor") : null;
			const scan = measure("scan");
			return { scan, floor: floorFirst ?? measure("floor") };
		});
		const floor = median(pairs.map((pair) => pair.floor.ms));
		const scan = median(pairs.map((pair) => pair.scan.ms));
		return {
			name: "cold scan ÷ (walk + read + parse of matching files)",
			ratio: median(pairs.map((pair) => pair.scan.ms / pair.floor.ms)),
			bound: 1.5,
			detail: `${scan.toFixed(0)} ms, floor ${floor.toFixed(0)} ms for ${pairs[0]?.floor.count} parsed files, ${pairs[0]?.scan.count} findings`,
		};
	});
}
