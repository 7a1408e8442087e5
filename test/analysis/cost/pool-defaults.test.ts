import { describe, expect, it } from "vitest";
import { driverOfAdapter, driverOfPackage, RUST_POOL } from "../../../src/analysis/cost/index.js";

describe("pool defaults", () => {
	it.each([
		["PrismaPg", "max", 10, []],
		["PrismaNeon", "max", 10, []],
		["PrismaMariaDb", "connectionLimit", 10, ["connectionLimit"]],
		["PrismaMssql", "pool.max", 10, ["connectionLimit"]],
	] as const)("knows the pool behind %s", (adapter, option, defaultSize, urlParameters) => {
		expect(driverOfAdapter(adapter)).toMatchObject({ option, defaultSize, urlParameters });
	});

	it("knows that the Rust engine's pool depends on the machine and obeys the URL", () => {
		expect(RUST_POOL).toMatchObject({ defaultSize: null, urlParameters: ["connection_limit"] });
	});

	it("gives no pool to adapters over HTTP or a file, nor to names that only look like one", () => {
		for (const name of ["PrismaD1", "PrismaLibSql", "PrismaPlanetScale", "constructor", "Pool"]) expect(driverOfAdapter(name)).toBeNull();
		expect(driverOfPackage("@prisma/adapter-d1")).toBeNull();
		expect(driverOfPackage("@prisma/adapter-mssql")?.kind).toBe("mssql");
	});
});
