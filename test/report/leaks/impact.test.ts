import { describe, expect, it } from "vitest";
import type { Sample } from "../../../src/protocol/index.js";
import { impactOf, levelsOf, weightOf } from "../../../src/report/index.js";
import { sampleOf } from "../../monitor/samples.js";

/** A sample a second, whose external memory, in MB, `external` gives. */
function run(seconds: number, external: (second: number) => number): readonly Sample[] {
	return Array.from({ length: seconds }, (_, second) => sampleOf({ t: second * 1_000, external: external(second) }));
}

function externalOf(before: readonly Sample[], after: readonly Sample[]) {
	const change = impactOf(levelsOf(before, "before"), levelsOf(after, "after")).find(({ name }) => name === "external");
	if (change === undefined) throw new Error("external is always measured");
	return change;
}

describe("a change between two runs", () => {
	it("is of the medians of their last thirds", () => {
		const { before, after, samples } = externalOf(
			run(90, (second) => (second < 60 ? 500 : 40 + (second % 3))),
			run(60, (second) => (second < 40 ? 500 : 20)),
		);
		expect(before).toMatchObject({ value: 41e6, low: 40e6, high: 42e6 });
		expect(after).toMatchObject({ value: 20e6, low: 20e6, high: 20e6 });
		expect(samples).toBe(20);
	});

	it("takes the last third by time, so that thinned samples of long ago do not count for more", () => {
		const long = [...run(3_000, () => 500), ...[9_000, 10_000].map((second) => sampleOf({ t: second * 1_000, external: 30 }))];
		expect(externalOf(long, long).before).toMatchObject({ low: 30e6, high: 30e6 });
	});

	it("is beyond the spread only where the runs have no value in common", () => {
		const wide = run(60, (second) => 20 + (second % 20));
		expect(
			weightOf(
				externalOf(
					wide,
					run(60, () => 41),
				),
			),
		).toBe("beyond");
		expect(
			weightOf(
				externalOf(
					wide,
					run(60, () => 19),
				),
			),
		).toBe("beyond");
		expect(
			weightOf(
				externalOf(
					wide,
					run(60, () => 39),
				),
			),
		).toBe("within");
		expect(weightOf(externalOf(wide, wide))).toBe("within");
	});

	it("is of too few samples where either run is short", () => {
		expect(
			weightOf(
				externalOf(
					run(60, () => 20),
					run(9, () => 90),
				),
			),
		).toBe("few");
		expect(
			weightOf(
				externalOf(
					run(9, () => 20),
					run(60, () => 90),
				),
			),
		).toBe("few");
	});

	it("is of what both measured", () => {
		const counted = run(60, () => 20).map((sample) => ({ ...sample, clients: { live: 3, created: 3 } }));
		const names = (before: readonly Sample[], after: readonly Sample[]) =>
			impactOf(levelsOf(before, "before"), levelsOf(after, "after")).map(({ name }) => name);
		expect(names(counted, counted)).toContain("PrismaClients alive");
		expect(
			names(
				counted,
				run(60, () => 20),
			),
		).not.toContain("PrismaClients alive");
		expect(names([], counted)).toEqual([]);
	});
});
