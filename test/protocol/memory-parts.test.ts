import { describe, expect, it } from "vitest";
import { MEMORY_LAYERS, memoryLayers, memoryParts } from "../../src/protocol/index.js";
import { sampleOf } from "../monitor/samples.js";

const MB = 1_000_000;

describe("what the memory is made of", () => {
	it("adds up to rss, layer by layer", () => {
		const sample = sampleOf({ t: 0 });
		const parts = memoryParts(sample);
		const layers = memoryLayers(sample);
		for (const layer of MEMORY_LAYERS) {
			const sum = parts.filter((part) => part.layer === layer).reduce((total, { bytes }) => total + bytes, 0);
			expect(sum, layer).toBe(layers[layer]);
		}
		expect(Object.values(layers).reduce((a, b) => a + b)).toBe(sample.memory.rss);
	});

	it("tells the heap's spaces apart, and array buffers from the rest of external", () => {
		const parts = memoryParts(sampleOf({ t: 0, external: 10, old: 30 }));
		expect(parts.map(({ name, bytes }) => [name, bytes / MB])).toEqual([
			["new space", 5],
			["old space", 30],
			["committed, not used", 15],
			["array buffers, Buffers among them", 1],
			["WASM memory and objects of C++", 9],
			["all else", 80],
		]);
	});

	it("says of an old sample, whose spaces are not kept, what its heap held", () => {
		const { heap, ...sample } = sampleOf({ t: 0, old: 30 });
		if (heap === undefined) throw new Error("The sample has no heap.");
		const [first] = memoryParts({ ...sample, heap: { ...heap, spaces: [] } });
		expect(first).toMatchObject({ layer: "heap used", name: "all spaces", bytes: 35 * MB });
	});
});
