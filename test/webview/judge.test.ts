import { expect, it } from "vitest";
import { PROFILES, thresholdsOf } from "../../src/config/index.js";
import { judge } from "../../webview/judge.js";
import { sampleAt } from "./harness/samples.js";

const thresholds = thresholdsOf(PROFILES.production);

it("judges external by its size, outside the heap by its growth, connections by their number", () => {
	const base = sampleAt(0);
	const grown = (external: number, outsideHeap: number) => ({ ...base, memory: { ...base.memory, external, outsideHeap } });
	const start = base.memory.outsideHeap;
	expect(judge(base, base, thresholds)).toEqual({ external: "fine", outsideHeap: "fine", connections: "fine" });
	expect(judge(grown(45e6, start + 45e6), base, thresholds)).toMatchObject({ external: "near", outsideHeap: "near" });
	expect(judge(grown(51e6, start + 51e6), base, thresholds)).toMatchObject({ external: "over", outsideHeap: "over" });
	expect(judge(grown(50e6, start - 80e6), base, thresholds)).toMatchObject({ external: "near", outsideHeap: "fine" });
	expect(judge({ ...grown(45e6, start + 51e6), worker: 3 }, base, thresholds)).toMatchObject({ external: "near", outsideHeap: "fine" });
	expect([130, 170, 210].map((second) => judge(sampleAt(second), base, thresholds).connections)).toEqual(["near", "near", "over"]);
});
