/** What a watched process is measured against: bytes and milliseconds. */
import { type Guard, isAmount, isShape } from "./guard.js";

/** Over one of these is an alert. */
export interface Limits {
	/** `external`, as `process.memoryUsage()` has it. */
	readonly external: number;
	/** Growth outside the heap (rss − heapTotal) over its own level after warm-up. */
	readonly outsideHeapGrowth: number;
	/** Open connections to databases. */
	readonly connections: number;
	/** Average duration of an operation. */
	readonly query: number;
	/** Average duration of an interactive transaction. */
	readonly transaction: number;
	/** Duration of one operation. */
	readonly slowQuery: number;
}

/** Where a healthy process stays. */
export type Targets = Pick<Limits, "external" | "connections" | "query" | "transaction">;

export interface Thresholds {
	readonly limits: Limits;
	readonly targets: Targets;
}

/** Over a limit, over a target or near the limit, or neither. */
export type Verdict = "fine" | "near" | "over";

export function verdictOn(value: number, target: number, limit: number): Verdict {
	if (value > limit) return "over";
	return value > target ? "near" : "fine";
}

export const isThresholds: Guard<Thresholds> = isShape<Thresholds>({
	limits: isShape<Limits>({
		external: isAmount,
		outsideHeapGrowth: isAmount,
		connections: isAmount,
		query: isAmount,
		transaction: isAmount,
		slowQuery: isAmount,
	}),
	targets: isShape<Targets>({ external: isAmount, connections: isAmount, query: isAmount, transaction: isAmount }),
});
