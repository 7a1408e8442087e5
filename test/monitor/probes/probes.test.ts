import { describe, expect, it } from "vitest";
import { ConnectionProbe } from "../../../src/monitor/probes/connections.js";
import { CpuProbe } from "../../../src/monitor/probes/cpu.js";
import { DatabaseEndpoints } from "../../../src/monitor/probes/database-endpoints.js";
import { DurationsProbe } from "../../../src/monitor/probes/durations.js";
import { EventLoopProbe } from "../../../src/monitor/probes/event-loop.js";
import { memorySample } from "../../../src/monitor/probes/memory.js";
import { joinPools } from "../../../src/monitor/probes/pools.js";

describe("memorySample", () => {
	it("derives what lies outside the heap, and native memory never below 0", () => {
		expect(memorySample({ rss: 178, heapTotal: 59, heapUsed: 40, external: 20, arrayBuffers: 5 })).toMatchObject({
			outsideHeap: 119,
			native: 99,
		});
		expect(memorySample({ rss: 60, heapTotal: 59, heapUsed: 40, external: 20, arrayBuffers: 5 }).native).toBe(0);
	});
});

describe("CpuProbe", () => {
	it("is the share of one core since the reading before", () => {
		const probe = new CpuProbe();
		expect(probe.next({ cpu: 1_000_000, uptime: 10 })).toBeNull();
		expect(probe.next({ cpu: 1_500_000, uptime: 12 })).toBe(0.25);
		expect(probe.next({ cpu: 1_500_000, uptime: 12 })).toBeNull();
	});
});

describe("DatabaseEndpoints", () => {
	it("knows well-known ports, and what the user named", async () => {
		const databases = await DatabaseEndpoints.from(["127.0.0.1:15432", "7777", "no-such-host.invalid:8888", "nonsense"]);
		expect(databases.kindOf("10.0.0.9", 5432)).toBe("database");
		expect(databases.kindOf("127.0.0.1", 15432)).toBe("database");
		expect(databases.kindOf("10.0.0.9", 15432)).toBe("other");
		expect(databases.kindOf("10.0.0.9", 7777)).toBe("database");
		expect(databases.kindOf("10.0.0.9", 8888)).toBe("database");
		expect(databases.kindOf("10.0.0.9", 443)).toBe("other");
	});
});

describe("DurationsProbe", () => {
	it("sums up what came since the reading before", () => {
		const probe = new DurationsProbe();
		expect(probe.next({ count: 0, sum: 0, buckets: [] })).toEqual({ count: 0, durations: null });
		const first = probe.next({
			count: 100,
			sum: 300,
			buckets: [
				[200, 96],
				[300, 4],
			],
		});
		expect(first).toMatchObject({ count: 100, durations: { avg: 3 } });
		expect(first.durations?.p95).toBeCloseTo(172.9, 1);
		expect(first.durations?.p99).toBeCloseTo(22_739.96, 1);
		const second = probe.next({
			count: 101,
			sum: 310,
			buckets: [
				[200, 97],
				[300, 4],
			],
		});
		expect(second).toMatchObject({ count: 1, durations: { avg: 10, max: second.durations?.p50 } });
	});

	it("starts over when the histogram did", () => {
		const probe = new DurationsProbe();
		probe.next({ count: 5, sum: 5, buckets: [[100, 5]] });
		expect(probe.next({ count: 1, sum: 2, buckets: [[100, 1]] })).toMatchObject({ count: 1, durations: { avg: 2 } });
	});
});

describe("EventLoopProbe", () => {
	it("is the busy share of the time between two readings", () => {
		const probe = new EventLoopProbe();
		expect(probe.next({ loop: { idle: 100, active: 50 }, loopDelay: null })).toEqual({ delay: null, utilization: null });
		expect(probe.next({ loop: { idle: 400, active: 150 }, loopDelay: null }).utilization).toBe(0.25);
		expect(probe.next({ loop: { idle: 0, active: 0 }, loopDelay: null }).utilization).toBeNull();
	});
});

describe("ConnectionProbe", () => {
	it("joins mapped and plain addresses, databases first, and remembers a database with 0", async () => {
		const probe = new ConnectionProbe(await DatabaseEndpoints.from([]), null);
		const first = probe.next([
			{ address: "10.0.0.1", port: 443, count: 2, localPorts: [1, 2] },
			{ address: "::ffff:10.0.0.2", port: 5432, count: 1, localPorts: [3] },
			{ address: "10.0.0.2", port: 5432, count: 3, localPorts: [4, 5, 6] },
		]);
		expect(first).toEqual([
			{ endpoint: "10.0.0.2:5432", kind: "database", process: 4, kernel: null, ages: [0, 0, 0, 0] },
			{ endpoint: "10.0.0.1:443", kind: "other", process: 2, kernel: null, ages: [0, 0] },
		]);
		expect(probe.next([])).toEqual([{ endpoint: "10.0.0.2:5432", kind: "database", process: 0, kernel: null, ages: [] }]);
		expect(probe.next(null)).toEqual([{ endpoint: "10.0.0.2:5432", kind: "database", process: null, kernel: null, ages: [] }]);
	});

	it("counts each socket's age from when it was first seen", async () => {
		const probe = new ConnectionProbe(await DatabaseEndpoints.from([]), null);
		const at = (localPorts: number[], now: number) =>
			probe.next([{ address: "10.0.0.2", port: 5432, count: localPorts.length, localPorts }], now)[0]?.ages;
		expect(at([1, 2], 1_000)).toEqual([0, 0]);
		expect(at([3, 2], 1_500)).toEqual([500, 0]);
		expect(at([2, 3], 3_000)).toEqual([2_000, 1_500]);
		expect(at([1], 4_000)).toEqual([0]);
	});
});

describe("joinPools", () => {
	const connection = (endpoint: string) => ({ endpoint, kind: "database", process: 1, kernel: 1 }) as const;
	const gauges = { total: 2, idle: 1, waiting: 0, max: 4 };

	function join(addresses: readonly string[], ...endpoints: readonly string[]) {
		const remotes = addresses.map((address) => ({ id: 1, address, port: 3306, ...gauges }));
		const clients = { live: 1, created: 0 };
		const inventory = { clients, classes: { clients: 1, pools: 1 }, pools: [], remotes };
		return joinPools(endpoints.map(connection), inventory).map(({ pool }) => pool);
	}

	it("adds pools up by the address they connect to", () => {
		expect(join(["127.0.0.1", "::ffff:127.0.0.1"], "127.0.0.1:3306", "10.0.0.1:3306")).toEqual([
			{ total: 4, idle: 2, waiting: 0, max: 8 },
			undefined,
		]);
	});

	it("takes a host's name for the only endpoint on its port, and for none where there are several", () => {
		expect(join(["db.example"], "127.0.0.1:3306", "10.0.0.1:5432")).toEqual([gauges, undefined]);
		expect(join(["db.example"], "127.0.0.1:3306", "10.0.0.1:3306")).toEqual([undefined, undefined]);
	});
});
