import type { MemorySample } from "../../protocol/index.js";
import type { RawMemory } from "../agent/reading.js";

export function memorySample(raw: RawMemory): MemorySample {
	const { rss, heapTotal, heapUsed, external, arrayBuffers } = raw;
	return {
		rss,
		heapTotal,
		heapUsed,
		external,
		arrayBuffers,
		outsideHeap: rss - heapTotal,
		native: Math.max(0, rss - heapTotal - external),
	};
}
