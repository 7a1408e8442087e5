import { describe, expect, it } from "vitest";
import type { ConnectionSample } from "../../src/protocol/index.js";
import { connectionSeries, connectionsAt } from "../../webview/endpoints.js";
import { MIXED, sampleAt } from "./harness/samples.js";

const database = (endpoint: string, process: number | null, kernel: number | null): ConnectionSample => ({
	endpoint,
	kind: "database",
	process,
	kernel,
});

describe("connectionSeries", () => {
	it("shows one line where the views agree, and each under its own name where they differ", () => {
		const labels = connectionSeries([sampleAt(100, MIXED)]).map((series) => series.label);
		expect(labels).toEqual(["127.0.0.1:3306 process", "127.0.0.1:3306 kernel", "127.0.0.1:5432", "10.1.4.20:6379"]);
	});

	it("shows what pools and the database say of the connections, the detail switched off", () => {
		const pool = { total: 5, idle: 2, waiting: 1, max: 10 };
		const view = { active: 2, idle: 2, idleInTransaction: 1, other: 0, oldestTransaction: null };
		const sample = { ...sampleAt(1), connections: [{ ...database("db:5432", 5, 5), pool, database: view }] };
		const series = connectionSeries([sample]);
		expect(series.map((one) => [one.label, connectionsAt(sample, one), one.quiet])).toEqual([
			["db:5432", 5, false],
			["pool active", 3, true],
			["pool idle", 2, true],
			["pool waiting", 1, false],
			["database active", 2, true],
			["database idle", 2, true],
			["database idle in transaction", 1, false],
		]);
	});

	it("uses the view that is there", () => {
		const [series] = connectionSeries([{ ...sampleAt(1), connections: [database("db:5432", 4, null)] }]);
		expect(series?.view).toBe("process");
	});

	it("shows no more lines than can be told apart", () => {
		const many = Array.from({ length: 40 }, (_, index) => ({ ...database(`10.0.0.${index}:443`, index, index), kind: "other" as const }));
		const series = connectionSeries([{ ...sampleAt(1), connections: many }]);
		expect(series.map((one) => one.endpoint)).toEqual(["10.0.0.37:443", "10.0.0.38:443", "10.0.0.39:443"]);
	});
});

describe("connectionsAt", () => {
	it("is 0 for an endpoint that is not listed, and nothing for a view that could not be had", () => {
		const [series] = connectionSeries([{ ...sampleAt(1), connections: [database("db:5432", 4, 4)] }]);
		if (series === undefined) throw new Error("no series");
		expect(connectionsAt(sampleAt(1), series)).toBe(0);
		expect(connectionsAt({ ...sampleAt(1), connections: [database("db:5432", 4, null)] }, series)).toBeNull();
	});
});
