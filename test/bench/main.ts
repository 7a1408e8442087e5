/**
 * `npm run bench [-- --tree DIR] [--minutes N] [--only NAME]`: what is fast enough, each as a ratio measured in this run. `DIR` is what
 * is scanned; without it, a workspace of 4,000 files is generated, which the edits are always typed into. A log-heavy process is watched
 * for `N` minutes, half a one unless it is given. Ends with 1 when a ratio is over its bound.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { activationBench } from "./activation.js";
import { coldCheckBench } from "./cold-check.js";
import { coldScanBench } from "./cold-scan.js";
import { dashboardBench } from "./dashboard.js";
import { hintsBench } from "./hints.js";
import { monitorBench } from "./monitor/index.js";
import { overviewBench } from "./overview.js";
import { buildProducts } from "./products.js";
import type { BenchRow } from "./row.js";
import { withScratch } from "./scratch.js";
import { serverMemoryBench } from "./server-memory.js";
import { formatRows } from "./table.js";
import { wireEditBench } from "./wire-edit.js";
import { generateWorkspace } from "./workspace.js";

type Bench = () => Promise<readonly BenchRow[]>;

interface Choices {
	readonly tree: string | undefined;
	readonly minutes: number;
	readonly only: string | undefined;
}

/** @param generated a workspace of 4,000 files, which the edits are typed into */
function benches(generated: string, { tree, minutes, only }: Choices): readonly Bench[] {
	const scanned = tree === undefined ? generated : resolve(tree);
	const all: Readonly<Record<string, Bench>> = {
		"cold-scan": async () => [await coldScanBench(scanned)],
		"cold-check": () => coldCheckBench(scanned),
		"server-memory": async () => [await serverMemoryBench(scanned)],
		"wire-edit": () => wireEditBench(generated),
		hints: () => hintsBench(generated),
		overview: () => overviewBench(),
		activation: async () => [await activationBench()],
		monitor: () => monitorBench(minutes),
		dashboard: () => dashboardBench(),
	};
	if (only === undefined) return Object.values(all);
	const chosen = all[only];
	if (chosen === undefined) throw new Error(`No bench is called ${only}. There are: ${Object.keys(all).join(", ")}.`);
	return [chosen];
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
	const { values } = parseArgs({
		options: { tree: { type: "string" }, minutes: { type: "string", default: "0.5" }, only: { type: "string" } },
	});
	const choices = { tree: values.tree, minutes: Number(values.minutes), only: values.only };
	buildProducts();
	const { rows, failed } = await withScratch(async (generated) => {
		await generateWorkspace(generated);
		return measureAll(benches(generated, choices));
	});
	console.log(formatRows(rows));
	process.exitCode = failed === 0 && rows.every(({ ratio, bound }) => ratio <= bound) ? 0 : 1;
}

void main();
