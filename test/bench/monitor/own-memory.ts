import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { isAmount, isShape } from "../../../src/protocol/index.js";
import type { BenchRow } from "../row.js";
import { withScratch } from "../scratch.js";

interface Report {
	/** MB of heap after garbage collection. `early`: when all that is bounded is full. */
	readonly watchers: { readonly early: number; readonly late: number; readonly bytes: number };
	readonly charts: { readonly early: number; readonly late: number; readonly kept: number };
}

const isReport = isShape<Report>({
	watchers: isShape<Report["watchers"]>({ early: isAmount, late: isAmount, bytes: isAmount }),
	charts: isShape<Report["charts"]>({ early: isAmount, late: isAmount, kept: isAmount }),
});

const BOUND = 1.05;

/** Our own heap after a day of samples, one a second by a simulated clock. */
export function ownMemoryBench(): Promise<BenchRow[]> {
	return withScratch(async (folder) => {
		const program = join(folder, "day-of-samples.cjs");
		await build({
			entryPoints: [join(import.meta.dirname, "day-of-samples.ts")],
			outfile: program,
			platform: "node",
			format: "cjs",
			target: "node20",
			bundle: true,
			logLevel: "warning",
		});
		const { stdout, stderr, status } = spawnSync(process.execPath, ["--expose-gc", program, join(folder, "recordings")], {
			encoding: "utf8",
		});
		const report: unknown = status === 0 ? JSON.parse(stdout) : null;
		if (!isReport(report)) throw new Error(`A day of samples ended with ${status}: ${stderr.slice(-1_000)}`);
		const { watchers, charts } = report;
		return [
			{
				name: "24 h of samples, heap of the monitor",
				ratio: watchers.late / watchers.early,
				bound: BOUND,
				detail: `${watchers.late.toFixed(2)} MB after 24 h / ${watchers.early.toFixed(2)} MB after 2 h; ${(watchers.bytes / 1e6).toFixed(0)} MB recorded`,
			},
			{
				name: "48 h of samples, heap of the charts",
				ratio: charts.late / charts.early,
				bound: BOUND,
				detail: `${charts.late.toFixed(2)} MB after 48 h / ${charts.early.toFixed(2)} MB after 24 h; ${charts.kept} samples kept`,
			},
		];
	});
}
