import { join } from "node:path";
import { projectRoot } from "../../scripts/lib/paths.js";
import { isListOf, isNumber, isShape, isString } from "../../src/protocol/index.js";
import { runNode } from "./process-run.js";
import type { BenchRow } from "./row.js";

const isRows = isListOf(isShape<BenchRow>({ name: isString, ratio: isNumber, bound: isNumber, detail: isString }), 100);

/** The dashboard's own benchmark, in a process of its own: it is code for a browser. */
export async function dashboardBench(): Promise<readonly BenchRow[]> {
	const { output } = runNode(["--import", "tsx", join(projectRoot, "test", "webview", "bench.ts")], projectRoot);
	const rows: unknown = JSON.parse(output);
	if (!isRows(rows)) throw new Error("The dashboard's benchmark printed no rows.");
	return rows;
}
