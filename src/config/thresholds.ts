import type { DashboardThresholds } from "../protocol/index.js";

/** Limits of the project's seed analysis: 50 MB external, 50 MB of growth outside the heap, 5 connections. */
export const DEFAULT_THRESHOLDS: DashboardThresholds = {
	external: 50_000_000,
	outsideHeapGrowth: 50_000_000,
	connections: 5,
};
