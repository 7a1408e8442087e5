import { describe, expect, it } from "vitest";
import { summed } from "../../src/monitor/index.js";
import { isSample, type Sample } from "../../src/protocol/index.js";
import { sampleOf } from "./samples.js";

const traced = (perSecond: number, open: readonly number[], p95 = 2): Pick<Sample, "queries" | "transactions"> => ({
	queries: {
		count: perSecond,
		perSecond,
		duration: { avg: p95 / 2, p50: 1, p95, p99: 3, max: 4 },
		statements: 2 * perSecond,
		statementDuration: null,
		slowCount: 1,
		slow: [{ model: "Room", method: "findMany", duration: 1_000 * perSecond, endedAt: 1 }],
		errors: [{ code: "P2028", count: 1 }],
	},
	transactions: { open: open.length, ages: open, ended: 1, duration: null },
});

describe("the sum of several processes", () => {
	it("adds up memory, cpu and the connections to each endpoint, and is a sample itself", () => {
		const other = { endpoint: "127.0.0.1:6379", kind: "other", process: 2, kernel: null } as const;
		const a = sampleOf({ t: 1_000, pid: 1, external: 10, native: 80, connections: 4 });
		const b = sampleOf({ t: 1_400, pid: 2, external: 30, native: 100, connections: 3 });
		const both = summed([a, { ...b, connections: [...b.connections, other] }]);
		expect(isSample(both)).toBe(true);
		expect(both).toMatchObject({ t: 1_400, pid: 0, cpu: 0.2 });
		expect(both.memory).toMatchObject({ rss: a.memory.rss + b.memory.rss, external: 40e6, native: 180e6 });
		expect(both.connections).toEqual([{ endpoint: "127.0.0.1:5432", kind: "database", process: 7, kernel: 7 }, other]);
	});

	it("counts what belongs to the process once, and what belongs to its threads for each", () => {
		const main = sampleOf({ t: 1, pid: 1, external: 10, native: 200, connections: 5 });
		const [endpoint] = main.connections;
		if (endpoint === undefined) throw new Error("there is one connection");
		const worker: Sample = {
			...main,
			worker: 3,
			memory: { ...main.memory, heapTotal: 20e6, heapUsed: 10e6, external: 4e6 },
			connections: [{ ...endpoint, process: 2, kernel: null }],
		};
		for (const samples of [
			[main, worker],
			[worker, main],
		]) {
			const both = summed(samples);
			expect(both.memory).toMatchObject({ rss: main.memory.rss, heapTotal: 70e6, external: 14e6 });
			expect(both.memory.native).toBe(main.memory.rss - 84e6);
			expect(both.cpu).toBe(main.cpu);
			expect(both.connections).toMatchObject([{ process: 7, kernel: 5 }]);
		}
		expect(summed([worker, { ...worker, worker: 4 }]).memory).toMatchObject({ rss: main.memory.rss, heapTotal: 40e6 });
	});

	it("says nothing that one of them does not know", () => {
		const known = sampleOf({ t: 1, pid: 1 });
		const [endpoint] = known.connections;
		const unknown = { ...sampleOf({ t: 1, pid: 2 }), cpu: null, connections: endpoint ? [{ ...endpoint, kernel: null }] : [] };
		const both = summed([known, unknown]);
		expect(both.cpu).toBeNull();
		expect(both.connections).toMatchObject([{ process: 2, kernel: null }]);
	});

	it("has the counts of a level that is on in all of them, the average over all, and of each percentile the worst", () => {
		const a: Sample = { ...sampleOf({ t: 1, pid: 1 }), ...traced(3, [500]), clients: { live: 2, created: 1 } };
		const b: Sample = { ...sampleOf({ t: 1, pid: 2 }), ...traced(5, [900, 100], 8), clients: { live: 1, created: 0 } };
		const both = summed([a, b]);
		expect(isSample(both)).toBe(true);
		expect(both.clients).toEqual({ live: 3, created: 1 });
		expect(both.queries).toMatchObject({
			count: 8,
			perSecond: 8,
			duration: { avg: (3 * 1 + 5 * 4) / 8, p50: 1, p95: 8, p99: 3, max: 4 },
			slowCount: 2,
			errors: [{ code: "P2028", count: 2 }],
		});
		expect(both.queries?.slow.map(({ duration }) => duration)).toEqual([5_000, 3_000]);
		expect(both.transactions).toEqual({ open: 3, ages: [900, 500, 100], ended: 2, duration: null });
		expect(summed([a, sampleOf({ t: 1, pid: 2 })])).not.toHaveProperty("clients");
		const idle: Sample = b.queries ? { ...b, queries: { ...b.queries, count: 0, duration: null } } : b;
		expect(summed([a, idle]).queries?.duration).toEqual(a.queries?.duration);
	});

	it("says of the event loops how the worst does, and of how many", () => {
		const busy = (pid: number, utilization: number | null, p95: number): Sample => ({
			...sampleOf({ t: 1, pid }),
			eventLoop: { utilization, delay: { avg: 1, p50: 1, p95, p99: p95, max: p95 } },
		});
		const all = summed([busy(1, 0.2, 30), busy(2, 0.9, 4), busy(3, null, 1)]);
		expect(isSample(all)).toBe(true);
		expect(all).toMatchObject({ members: 3, eventLoop: { utilization: 0.9, delay: { p95: 30, max: 30 } } });
		expect(summed([busy(1, 0.2, 30), sampleOf({ t: 1, pid: 2 })])).not.toHaveProperty("eventLoop");
	});
});
