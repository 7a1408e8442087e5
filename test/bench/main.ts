/**
 * `npm run bench [-- --tree DIR]`: what is fast enough, each as a ratio measured in this run. `DIR` is what is scanned; without it, a
 * workspace of 4,000 files is generated, which the edits are always typed into. Ends with 1 when a ratio is over its bound.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { coldCheckBench } from "./cold-check.js";
import { coldScanBench } from "./cold-scan.js";
import { hintsBench } from "./hints.js";
import { monitorBench } from "./monitor.js";
import { overviewBench } from "./overview.js";
import { buildProducts } from "./products.js";
import type { BenchRow } from "./row.js";
import { withScratch } from "./scratch.js";
import { serverMemoryBench } from "./server-memory.js";
import { formatRows } from "./table.js";
import { wireEditBench } from "./wire-edit.js";
import { generateWorkspace } from "./workspace.js";

async function analysisBench(tree: string | undefined): Promise<BenchRow[]> {
	return withScratch(async (generated) => {
		await generateWorkspace(generated);
		const scanned = tree === undefined ? generated : resolve(tree);
		return [
			await coldScanBench(scanned),
			...(await coldCheckBench(scanned)),
			await serverMemoryBench(scanned),
			...(await wireEditBench(generated)),
			...(await hintsBench(generated)),
			...(await overviewBench()),
		];
	});
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { tree: { type: "string" } } });
	buildProducts();
	const rows = [...(await analysisBench(values.tree)), ...(await monitorBench())];
	console.log(formatRows(rows));
	process.exitCode = rows.every(({ ratio, bound }) => ratio <= bound) ? 0 : 1;
}

void main();
