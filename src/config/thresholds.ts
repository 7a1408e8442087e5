import type { Thresholds } from "../protocol/index.js";
import type { ProfileFigures } from "./profiles.js";

const BYTES_PER_MB = 1_000_000;

/** A profile's figures for the monitor, in the units of its samples. */
export function thresholdsOf({ alerts, targets }: ProfileFigures): Thresholds {
	return {
		limits: {
			external: alerts.externalMb * BYTES_PER_MB,
			outsideHeapGrowth: alerts.outsideHeapGrowthMb * BYTES_PER_MB,
			connections: alerts.connections,
			query: alerts.queryMs,
			transaction: alerts.transactionMs,
			slowQuery: alerts.slowQueryMs,
		},
		targets: {
			external: targets.externalMb * BYTES_PER_MB,
			connections: targets.connections,
			query: targets.queryMs,
			transaction: targets.transactionMs,
		},
	};
}
