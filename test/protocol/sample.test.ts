import { describe, expect, it } from "vitest";
import { isSample, OPEN_LIMIT, type Sample } from "../../src/protocol/index.js";

const DURATIONS = { avg: 2, p50: 1, p95: 4, p99: 5, max: 6 };
const GAUGES = { total: 3, idle: 1, waiting: 0, max: 10 };

/** A sample with every level on. */
const FULL: Sample = {
	t: 1,
	pid: 7,
	memory: { rss: 3, heapTotal: 1, heapUsed: 1, external: 1, arrayBuffers: 0, outsideHeap: 2, native: 1 },
	connections: [
		{
			endpoint: "127.0.0.1:5432",
			kind: "database",
			process: 3,
			kernel: 3,
			ages: [900, 20, 0],
			pool: GAUGES,
			database: { active: 1, idle: 1, idleInTransaction: 1, other: 0, oldestTransaction: 500 },
		},
	],
	cpu: 0.5,
	heap: { limit: 9, available: 8, malloced: 1, nativeContexts: 1, detachedContexts: 0, spaces: [{ name: "old_space", size: 2, used: 1 }] },
	eventLoop: { delay: DURATIONS, utilization: 0.5 },
	resources: [{ kind: "Timeout", count: 2 }],
	clients: {
		live: 2,
		created: 1,
		sites: [{ file: "/app/src/db.ts", line: 3, column: 9, caller: null, mapped: true, created: 1, live: 1 }],
	},
	pools: [{ id: 1, endpoint: "127.0.0.1:5432", ...GAUGES }],
	queries: {
		count: 4,
		perSecond: 4,
		duration: DURATIONS,
		statements: 5,
		statementDuration: DURATIONS,
		slowCount: 1,
		slow: [{ model: "Hotel", method: "findMany", duration: 6_000, endedAt: 1 }],
		errors: [{ code: "P2028", count: 1 }],
	},
	transactions: { open: 1, ages: [500], ended: 0, duration: null },
};

const changed = (part: object): unknown => ({ ...FULL, ...part });

describe("isSample", () => {
	it("takes a sample with every level on, and one with none", () => {
		expect(isSample(FULL)).toBe(true);
		const { t, pid, memory, cpu } = FULL;
		expect(isSample({ t, pid, memory, cpu, connections: [] })).toBe(true);
	});

	it.each([
		{ heap: { ...FULL.heap, spaces: [{ name: "n".repeat(61), size: 1, used: 1 }] } },
		{ eventLoop: { delay: { ...DURATIONS, max: -1 }, utilization: 0 } },
		{ resources: [{ kind: 7, count: 1 }] },
		{ clients: { live: 1 } },
		{
			clients: {
				live: 1,
				created: 1,
				sites: [{ file: "f".repeat(1_001), line: 1, column: 1, caller: null, mapped: true, created: 1, live: 1 }],
			},
		},
		{ pools: [{ ...GAUGES, id: 1 }] },
		{ queries: { ...FULL.queries, slow: Array(21).fill(FULL.queries?.slow[0]) } },
		{ queries: { ...FULL.queries, errors: [{ code: "x".repeat(101), count: 1 }] } },
		{ transactions: { ...FULL.transactions, ages: Array(OPEN_LIMIT + 1).fill(1) } },
		{ connections: [{ ...FULL.connections[0], pool: { total: 1 } }] },
		{ connections: [{ ...FULL.connections[0], database: null }] },
	])("refuses one with a part of another shape (%#)", (part) => {
		expect(isSample(changed(part))).toBe(false);
	});
});
