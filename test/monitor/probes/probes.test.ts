import { describe, expect, it } from "vitest";
import { ConnectionProbe } from "../../../src/monitor/probes/connections.js";
import { CpuProbe } from "../../../src/monitor/probes/cpu.js";
import { DatabaseEndpoints } from "../../../src/monitor/probes/database-endpoints.js";
import { memorySample } from "../../../src/monitor/probes/memory.js";

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

describe("ConnectionProbe", () => {
	it("joins mapped and plain addresses, databases first, and remembers a database with 0", async () => {
		const probe = new ConnectionProbe(await DatabaseEndpoints.from([]), null);
		const first = probe.next([
			{ address: "10.0.0.1", port: 443, count: 2 },
			{ address: "::ffff:10.0.0.2", port: 5432, count: 1 },
			{ address: "10.0.0.2", port: 5432, count: 3 },
		]);
		expect(first).toEqual([
			{ endpoint: "10.0.0.2:5432", kind: "database", process: 4, kernel: null },
			{ endpoint: "10.0.0.1:443", kind: "other", process: 2, kernel: null },
		]);
		expect(probe.next([])).toEqual([{ endpoint: "10.0.0.2:5432", kind: "database", process: 0, kernel: null }]);
		expect(probe.next(null)).toEqual([{ endpoint: "10.0.0.2:5432", kind: "database", process: null, kernel: null }]);
	});
});
