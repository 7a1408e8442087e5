import { readFileSync } from "node:fs";
import type { BenchRow } from "./row.js";
import { withServer } from "./server-process.js";

const BUDGET_MB = 350;

/** The most memory that the language server ever had resident while it scanned a tree; Linux alone keeps that figure. */
export function serverMemoryBench(tree: string): Promise<BenchRow> {
	return withServer(tree, async ({ process }) => {
		const peakMb = peakKb(process.pid) / 1_000;
		return {
			name: `server's peak memory ÷ ${BUDGET_MB} MB`,
			ratio: peakMb / BUDGET_MB,
			bound: 1,
			detail: `${peakMb.toFixed(0)} MB resident at most until the scan was done`,
		};
	});
}

/** `VmHWM`, in units of 1,024 bytes. */
function peakKb(pid: number | undefined): number {
	const kb = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
	if (kb === undefined) throw new Error(`The system does not say how much memory process ${pid} had at most.`);
	return Number(kb) * 1.024;
}
