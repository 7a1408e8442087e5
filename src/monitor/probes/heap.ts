import type { HeapSample } from "../../protocol/index.js";
import type { Reading } from "../agent/reading.js";

export function heapSample({ heap, fullCollections }: Pick<Reading, "heap" | "fullCollections">): HeapSample {
	return fullCollections === null ? heap : { ...heap, fullCollections };
}
