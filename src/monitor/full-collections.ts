import type { HeapSample, Sample } from "../protocol/index.js";
import type { Point } from "./theil-sen.js";

/** Spaces that only a full garbage collection (mark-compact) shrinks; scavenges let them grow. */
const OLD_SPACES: ReadonlySet<string> = new Set(["old_space", "large_object_space", "code_space", "trusted_space"]);
/** Where collections are not counted, a drop by so much tells of one. */
const LEAST_DROP = 250_000;

/** Finds the samples that follow a full garbage collection: what is left then is in use. */
export class FullCollections {
	private last: Point | null = null;
	private count: number | null = null;

	/** What the old spaces hold, in bytes, when `sample` is the first after a full collection; null otherwise, and where the heap's spaces are not known. */
	next({ t, heap }: Sample): Point | null {
		if (heap === undefined) return null;
		const point = { t, y: usedByOld(heap) };
		const collected = this.collected(heap.fullCollections) ?? (this.last !== null && this.last.y - point.y >= LEAST_DROP);
		this.last = point;
		return collected ? point : null;
	}

	/** Null where they are not counted. */
	private collected(count: number | undefined): boolean | null {
		const before = this.count;
		this.count = count ?? null;
		return count === undefined ? null : before !== null && count > before;
	}
}

function usedByOld({ spaces }: HeapSample): number {
	return spaces.reduce((sum, { name, used }) => (OLD_SPACES.has(name) ? sum + used : sum), 0);
}
