import { describe, expect, it } from "vitest";
import { connectionFigure, estimateClients, estimatePool, megabyteText, memoryCostOf } from "../../../src/analysis/cost/index.js";

const PRISMA_7 = { major: 7, engine: "client" } as const;

describe("estimateClients", () => {
	it("gives the measured figure at a measured size", () => {
		expect(estimateClients({ ...PRISMA_7, models: 2 }, { count: 1, connections: 10 })).toEqual({
			megabytes: [3, 4],
			connections: 10,
			source: "measured on Prisma 7 with Node 20 on Linux, 2 models",
		});
	});

	it("grows with the schema between the measured sizes", () => {
		const middle = estimateClients({ ...PRISMA_7, models: 42 }, { count: 1, connections: null });
		expect(middle?.megabytes).toEqual([6, 8]);
		expect(middle?.source).toContain("between schemas of 2 and 82 models for 42");
	});

	it("raises only the upper bound beyond the largest measured schema", () => {
		const beyond = estimateClients({ ...PRISMA_7, models: 162 }, { count: 1, connections: null });
		expect(beyond?.megabytes).toEqual([10, 17]);
		expect(beyond?.source).toContain("carried on from schemas of 2 and 82 models to 162");
	});

	it("takes a schema smaller than the smallest measured one for that", () => {
		const small = estimateClients({ ...PRISMA_7, models: 1 }, { count: 1, connections: null });
		expect(small?.megabytes).toEqual([3, 4]);
		expect(small?.source).toContain("as for 2 models, the smallest schema measured");
	});

	it("spans all measured sizes when the schema is not known", () => {
		expect(estimateClients({ ...PRISMA_7, models: null }, { count: 1, connections: null })?.megabytes).toEqual([3, 11]);
	});

	it("counts the first client apart from those beside it", () => {
		expect(estimateClients({ ...PRISMA_7, models: 2 }, { count: 3, first: true, connections: 30 })?.megabytes).toEqual([81, 83]);
	});

	it("keeps the Rust engine under its own source", () => {
		expect(estimateClients({ major: 5, engine: "rust", models: 40 }, { count: 2, connections: null })).toEqual({
			megabytes: [30, 50],
			connections: null,
			source: "project analysis of Prisma 5, Rust library engine, per client",
		});
	});

	it("takes the client engine of Prisma 6 for what it measured there", () => {
		expect(estimateClients({ major: 6, engine: "client", models: 82 }, { count: 1, connections: null })?.megabytes).toEqual([1.3, 3]);
	});

	it("claims nothing where nothing was measured", () => {
		expect(estimateClients({ major: 6, engine: "none", models: 5 }, { count: 1, connections: null })).toBeNull();
		expect(estimateClients({ major: null, engine: "unknown", models: 5 }, { count: 1, connections: null })).toBeNull();
		expect(estimatePool({ major: null, engine: "unknown", models: 5 }, 20)).toBeNull();
	});
});

describe("estimatePool", () => {
	it("multiplies the figure of one busy connection", () => {
		expect(estimatePool({ ...PRISMA_7, models: 10 }, 20)).toMatchObject({ megabytes: [4, 10], connections: 20 });
		expect(estimatePool({ major: 6, engine: "rust", models: 10 }, 20)?.megabytes).toEqual([60, 100]);
	});

	it("names the figure of one connection", () => {
		expect(connectionFigure({ ...PRISMA_7, models: 1 })?.megabytes).toEqual([0.2, 0.5]);
	});
});

describe("memoryCostOf", () => {
	it("tells what a first and a further client and a connection cost, each alone and with its source", () => {
		expect(memoryCostOf({ ...PRISMA_7, models: 2 })).toEqual({
			firstClient: { low: 75, high: 75, source: "measured on Prisma 7 with Node 20 on Linux, 2 models" },
			furtherClient: { low: 3, high: 4, source: "measured on Prisma 7 with Node 20 on Linux, 2 models" },
			connection: { low: 0.2, high: 0.5, source: "measured on Prisma 7 with Node 20 on Linux, per busy connection" },
		});
		expect(memoryCostOf({ major: 8, engine: "none", models: null })).toBeNull();
	});
});

describe("megabyteText", () => {
	it.each([
		[[3, 4], "3–4 MB"],
		[[0.2, 0.5], "0.2–0.5 MB"],
		[[10, 10], "10 MB"],
		[[119, 178], "119–178 MB"],
	] as const)("writes %j as %s", (range, text) => {
		expect(megabyteText(range)).toBe(text);
	});
});
