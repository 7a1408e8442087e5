/** The baseline's run, moved in time so that it begins where the run that it is compared with begins. */
import { type BaselineRun, type Comparison, firstAt, type Sample } from "../src/protocol/index.js";
import { nearestSample, type Row, Rows } from "./rows.js";
import type { Span } from "./span.js";

/** Id by which the reader switches the baseline's lines off. */
export const BASELINE = "baseline";

/** Beyond the run's ends, a view's share in which its first and last sample are still read. */
const REACH = 0.01;

/** Rows of the run over the time in view, one on either side included; none until there is something to compare. */
export function overlayRows(run: BaselineRun | null, comparison: Comparison | null, { from, to }: Span): readonly Row[] {
	const later = laterBy(run, comparison);
	if (run === null || later === null) return [];
	const { samples, breaks } = run;
	const within = samples.slice(Math.max(0, firstAt(samples, from - later) - 1), firstAt(samples, to - later) + 1);
	return new Rows().of(within, breaks, to - from).map((row) => ({ ...row, t: row.t + later }));
}

/** The run's sample beside the time `t` of the view; null where the run had not begun or was over. */
export function sampleBeside(rows: readonly Row[], t: number, { from, to }: Span): Sample | null {
	const [first, last] = [rows[0], rows.at(-1)];
	const reach = (to - from) * REACH;
	if (first === undefined || last === undefined || t < first.t - reach || t > last.t + reach) return null;
	return nearestSample(rows, t);
}

/** Milliseconds from the run's start to that of what is compared. */
function laterBy(run: BaselineRun | null, comparison: Comparison | null): number | null {
	const after = comparison?.after ?? null;
	return run === null || after === null ? null : after.from - run.from;
}
