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

type Bench = () => Promise<readonly BenchRow[]>;

/** @param generated a workspace of 4,000 files, which the edits are typed into */
function benches(generated: string, scanned: string): readonly Bench[] {
	return [
		async () => [await coldScanBench(scanned)],
		() => coldCheckBench(scanned),
		async () => [await serverMemoryBench(scanned)],
		() => wireEditBench(generated),
		() => hintsBench(generated),
		() => overviewBench(),
		() => monitorBench(),
	];
}

/** Runs each bench and tells its rows at once; one that fails does not take the others' with it. */
async function measureAll(all: readonly Bench[]): Promise<{ readonly rows: readonly BenchRow[]; readonly failed: number }> {
	const rows: BenchRow[] = [];
	let failed = 0;
	for (const bench of all) {
		try {
			const measured = await bench();
			rows.push(...measured);
			console.error(`${formatRows(measured)}\n`);
		} catch (error) {
			failed++;
			console.error(`COULD NOT BE MEASURED: ${error instanceof Error ? error.message : error}\n`);
		}
	}
	return { rows, failed };
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { tree: { type: "string" } } });
	buildProducts();
	const { rows, failed } = await withScratch(async (generated) => {
		await generateWorkspace(generated);
		return measureAll(benches(generated, values.tree === undefined ? generated : resolve(values.tree)));
	});
	console.log(formatRows(rows));
	process.exitCode = failed === 0 && rows.every(({ ratio, bound }) => ratio <= bound) ? 0 : 1;
}

void main();
