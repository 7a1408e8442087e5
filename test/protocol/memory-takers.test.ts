import { describe, expect, it } from "vitest";
import { type MemoryCost, memoryTakers, type Sample, takenText, widestCost } from "../../src/protocol/index.js";
import { sampleOf } from "../monitor/samples.js";

const MB = 1_000_000;
const COST: MemoryCost = {
	firstClient: { low: 75, high: 75, source: "model" },
	furtherClient: { low: 3, high: 4, source: "model" },
	connection: { low: 0.2, high: 0.5, source: "model" },
};

/** `seconds` samples of a process with so many clients and connections, whose native memory is `native` MB. */
function phase(start: number, live: number, connections: number, native: number, seconds = 10): readonly Sample[] {
	return Array.from({ length: seconds }, (_, index) => ({
		...sampleOf({ t: (start + index) * 1_000, connections, native: native + (index % 3) - 1 }),
		clients: { live, created: live },
	}));
}

function takersOf(samples: readonly Sample[], cost: MemoryCost | null = null) {
	const at = samples.at(-1);
	if (at === undefined) throw new Error("There is no sample.");
	return memoryTakers(samples, at, cost);
}

describe("what clients take", () => {
	it("is rss at most clients beside rss at fewest, for each that came", () => {
		const [clients] = takersOf([...phase(0, 2, 1, 80), ...phase(10, 6, 1, 120)], COST);
		expect(clients).toMatchObject({ id: "clients", count: 6, basis: "measured", each: { value: 10 * MB, low: 9.5 * MB, high: 10.5 * MB } });
		expect(clients?.source).toBe("rss in view, 140 MB at 2 clients and 180 MB at 6 clients; whatever else grew meanwhile is in it");
	});

	it.each([
		["no clients came", [...phase(0, 2, 1, 80), ...phase(10, 2, 1, 120)]],
		["rss did not rise with them", [...phase(0, 2, 1, 80), ...phase(10, 6, 1, 80)]],
		["there were too few samples", [...phase(0, 2, 1, 80), ...phase(10, 6, 1, 120, 2)]],
		["they were another process's", [...phase(0, 2, 1, 80).map((sample) => ({ ...sample, pid: 9 })), ...phase(10, 6, 1, 120)]],
	])("is an estimate where %s", (_, samples) => {
		const live = samples.at(-1)?.clients?.live ?? 0;
		expect(takersOf(samples, COST).slice(0, 2)).toMatchObject([
			{ id: "firstClient", count: 1, basis: "estimated", source: "model" },
			{ id: "furtherClients", count: live - 1, each: { low: 3 * MB, high: 4 * MB } },
		]);
		expect(takersOf(samples)).toEqual([]);
	});

	it("has no count where clients are not counted", () => {
		expect(takersOf([sampleOf({ t: 0 })], COST).map(({ count }) => count)).toEqual([null, null, 1]);
	});
});

describe("what connections take", () => {
	it("is measured where they came and no client did", () => {
		const takers = takersOf([...phase(0, 2, 1, 80), ...phase(10, 2, 5, 88)], COST);
		expect(takers.at(-1)).toMatchObject({ id: "connections", count: 5, basis: "measured", each: { value: 2 * MB } });
	});

	it("is an estimate where clients came with them", () => {
		const takers = takersOf([...phase(0, 2, 1, 80), ...phase(10, 6, 5, 120)], COST);
		expect(takers.at(-1)).toMatchObject({ id: "connections", count: 5, basis: "estimated" });
	});
});

describe("in words", () => {
	it("estimates are ranges that begin with ≈, measured figures stand alone", () => {
		const [first, further] = takersOf([sampleOf({ t: 0 })], COST);
		if (first === undefined || further === undefined) throw new Error("Clients are missing.");
		expect(takenText(first, 1)).toBe("≈ 75 MB");
		expect(takenText(further, 3)).toBe("≈ 9 MB to 12 MB");
		expect(takenText({ ...further, basis: "measured" }, 2)).toBe("7.00 MB");
	});

	it("packages that differ span the range from the lowest to the highest", () => {
		const other = { ...COST, furtherClient: { low: 1.3, high: 1.7, source: "other model" } };
		expect(widestCost([COST, other])).toEqual({ ...COST, furtherClient: { low: 1.3, high: 4, source: "model; other model" } });
		expect(widestCost([])).toBeNull();
	});
});
