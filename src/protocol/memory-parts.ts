/** What a process's memory is made of at one sample. */
import type { Sample } from "./sample.js";

/** The layers of memory, from what is understood to what is not; together they are rss. */
export const MEMORY_LAYERS = ["heap used", "heap free", "external", "native"] as const;
export type MemoryLayer = (typeof MEMORY_LAYERS)[number];

export interface MemoryPart {
	readonly layer: MemoryLayer;
	/** What of the layer it is, such as a space of the heap; the same from sample to sample. */
	readonly name: string;
	readonly bytes: number;
	/** Where the process, or which calculation, has the figure from. */
	readonly source: string;
}

const USAGE = "process.memoryUsage()";

/** Bytes of each layer. */
export function memoryLayers({ memory }: Sample): Readonly<Record<MemoryLayer, number>> {
	const { heapTotal, heapUsed, external, native } = memory;
	return { "heap used": heapUsed, "heap free": heapTotal - heapUsed, external, native };
}

/** The heap by V8's spaces where they were measured, external with array buffers apart, and the native rest. */
export function memoryParts(sample: Sample): readonly MemoryPart[] {
	const layers = memoryLayers(sample);
	const { external, arrayBuffers } = sample.memory;
	return [
		...heapParts(sample),
		{ layer: "heap free", name: "committed, not used", bytes: layers["heap free"], source: "heapTotal − heapUsed" },
		{ layer: "external", name: "array buffers, Buffers among them", bytes: arrayBuffers, source: USAGE },
		{
			layer: "external",
			name: "WASM memory and objects of C++",
			bytes: Math.max(0, external - arrayBuffers),
			source: "external − arrayBuffers",
		},
		{ layer: "native", name: "all else", bytes: layers.native, source: "rss − heapTotal − external" },
	];
}

function heapParts({ memory, heap }: Sample): readonly MemoryPart[] {
	const spaces = heap?.spaces ?? [];
	if (spaces.length === 0) return [{ layer: "heap used", name: "all spaces", bytes: memory.heapUsed, source: USAGE }];
	return spaces.map(({ name, used }) => ({
		layer: "heap used",
		name: name.replaceAll("_", " "),
		bytes: used,
		source: "v8.getHeapSpaceStatistics()",
	}));
}
