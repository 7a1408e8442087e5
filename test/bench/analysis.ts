import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openProject } from "../../src/analysis/index.js";
import type { BenchRow } from "./row.js";
import { generateWorkspace } from "./workspace.js";

const RUNS = 5;
const EDITS = 60;
const EDITED = "src/services/large.ts";
/** Issue: an edit's diagnostics within 50 ms for 95 of 100 edits. */
const EDIT_BUDGET_MS = 50;

/** Cold scan and edit, on a generated workspace of 4,000 files, or on `root`. */
export async function analysisBench(root?: string): Promise<BenchRow[]> {
	const generated = await generateWorkspace();
	try {
		return [coldScan(root ?? generated), await edit(generated)];
	} finally {
		await rm(generated, { recursive: true, force: true });
	}
}

/** Each run in a process of its own, floor and scan in turn, so that both are as cold as they are for a user. */
function coldScan(root: string): BenchRow {
	const pairs = Array.from({ length: RUNS }, () => ({ floor: measure("floor", root), scan: measure("scan", root) }));
	const floor = median(pairs.map((pair) => pair.floor.ms));
	const scan = median(pairs.map((pair) => pair.scan.ms));
	return {
		name: "cold scan ÷ (walk + read + parse of matching files)",
		ratio: median(pairs.map((pair) => pair.scan.ms / pair.floor.ms)),
		bound: 3,
		detail: `${scan.toFixed(0)} ms, floor ${floor.toFixed(0)} ms, ${pairs[0]?.scan.count} findings`,
	};
}

function measure(mode: "floor" | "scan", root: string): { readonly ms: number; readonly count: number } {
	const child = join(import.meta.dirname, "scan-child.ts");
	const output = execFileSync(process.execPath, ["--import", "tsx", child, mode, root], { encoding: "utf8" });
	const result: { ms: number; count: number } = JSON.parse(output);
	return result;
}

/** Types into the middle of a 1,000-line file and asks for its findings, as the language server does. */
async function edit(root: string): Promise<BenchRow> {
	const project = openProject(root);
	await project.scan();
	const text = readFileSync(join(root, EDITED), "utf8");
	const at = text.indexOf("\n", text.length / 2);
	const times = Array.from({ length: EDITS }, (_, index) => {
		const edited = `${text.slice(0, at)}\n    console.log("typed ${"x".repeat(index % 7)}");${text.slice(at)}`;
		const started = performance.now();
		project.setText(EDITED, edited);
		project.findings(EDITED);
		return performance.now() - started;
	}).sort((a, b) => a - b);
	const p95 = times[Math.floor(EDITS * 0.95)] ?? Number.POSITIVE_INFINITY;
	return {
		name: `edit to findings, p95 ÷ ${EDIT_BUDGET_MS} ms`,
		ratio: p95 / EDIT_BUDGET_MS,
		bound: 1,
		detail: `p50 ${median(times).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, a file of ${text.split("\n").length} lines among 4,000 files`,
	};
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
