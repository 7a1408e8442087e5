import { lintRun } from "./eslint/run.js";
import { runNode } from "./process-run.js";
import { CLI } from "./products.js";
import type { BenchRow } from "./row.js";
import { withScratch } from "./scratch.js";
import { median } from "./statistics.js";

const RUNS = 5;

/** Whole processes, as people start them: `check` without its cache, with it, and ESLint. */
export function coldCheckBench(tree: string): Promise<BenchRow[]> {
	return withScratch(async (cache) => {
		const warm = () => runNode([CLI, "check", "--cache-dir", cache, tree], cache, 1).ms;
		warm();
		const pairs = Array.from({ length: RUNS }, () => ({ cold: runNode([CLI, "check", "--no-cache", tree], cache, 1).ms, warm: warm() }));
		const cold = median(pairs.map((pair) => pair.cold));
		const eslint = lintRun(tree).ms;
		return [
			{
				name: "check --no-cache ÷ ESLint with one rule",
				ratio: cold / eslint,
				bound: 1 / 20,
				detail: `${seconds(cold)} / ${seconds(eslint)}, ESLint takes ${(eslint / cold).toFixed(1)} times as long`,
			},
			{
				name: "warm start ÷ check --no-cache",
				ratio: median(pairs.map((pair) => pair.warm / pair.cold)),
				bound: 0.3,
				detail: `${seconds(median(pairs.map((pair) => pair.warm)))} / ${seconds(cold)}`,
			},
		];
	});
}

function seconds(ms: number): string {
	return `${(ms / 1_000).toFixed(2)} s`;
}
