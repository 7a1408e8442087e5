import { type Limits, roundMilliseconds, type Sample } from "../../src/protocol/index.js";
import type { View } from "../store.js";
import type { Line } from "./line.js";
import type { Plot } from "./plot.js";
import { COUNTS, MILLISECONDS } from "./scales.js";
import { worst } from "./worst.js";

const QUERY_AVERAGE: Line = {
	id: "queryAverage",
	label: "query avg",
	hue: "blue",
	style: "line",
	value: ({ queries }) => queries?.duration?.avg ?? null,
};
const QUERY_P95: Line = {
	id: "queryP95",
	label: "query p95",
	hue: "blue",
	style: "faint",
	value: ({ queries }) => queries?.duration?.p95 ?? null,
};
const TRANSACTION_AVERAGE: Line = {
	id: "transactionAverage",
	label: "transaction avg",
	hue: "purple",
	style: "line",
	value: ({ transactions }) => transactions?.duration?.avg ?? null,
};
const TRANSACTION_P95: Line = {
	id: "transactionP95",
	label: "transaction p95",
	hue: "purple",
	style: "faint",
	value: ({ transactions }) => transactions?.duration?.p95 ?? null,
};
const OPEN: Line = {
	id: "transactionsOpen",
	label: "open",
	hue: "purple",
	style: "line",
	value: ({ transactions }) => transactions?.open ?? null,
};

/** A limit this many times above all there is would press the lines flat; it is drawn once they come near. */
const NEAR_FACTOR = 4;

export const QUERIES: Plot = {
	id: "queries-chart",
	title: "Queries and transactions",
	description: "Durations of Prisma operations and of interactive transactions over time: average and 95th percentile.",
	scale: MILLISECONDS,
	stepped: false,
	level: "trace",
	has: isTraced,
	lines: (view) => [
		QUERY_AVERAGE,
		worst(QUERY_P95, view),
		TRANSACTION_AVERAGE,
		worst(TRANSACTION_P95, view),
		...limitOf(view, "query", "query avg limit", QUERY_AVERAGE),
		...limitOf(view, "transaction", "transaction avg limit", TRANSACTION_AVERAGE),
	],
};

export const TRANSACTIONS: Plot = {
	id: "transactions-chart",
	title: "Open transactions",
	description: "Interactive transactions that are open, over time. Each holds a connection.",
	scale: COUNTS,
	stepped: true,
	level: "trace",
	has: isTraced,
	lines: () => [OPEN],
};

function isTraced({ queries }: Sample): boolean {
	return queries !== undefined;
}

function limitOf({ thresholds, rows }: View, key: keyof Limits, name: string, measured: Line): readonly Line[] {
	const limit = thresholds.limits[key];
	const near = rows.some(({ sample }) => sample !== null && (measured.value(sample) ?? 0) * NEAR_FACTOR > limit);
	if (!near) return [];
	const label = `${name} ${roundMilliseconds(limit)}`;
	return [{ id: `${key}Limit`, label, hue: "red", style: "limit", constant: true, value: () => limit }];
}
