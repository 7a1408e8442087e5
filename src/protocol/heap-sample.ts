/** `v8.getHeapStatistics()` and `v8.getHeapSpaceStatistics()`, bytes. */
import { type Guard, isAmount, isListOf, isOptional, isShape, isText } from "./guard.js";

export interface HeapSample {
	/** `heap_size_limit`: at this size the process ends. */
	readonly limit: number;
	/** `total_available_size` */
	readonly available: number;
	/** `malloced_memory`: V8's own. */
	readonly malloced: number;
	/** `number_of_native_contexts`, one per realm; a number that grows is a leak. */
	readonly nativeContexts: number;
	/** `number_of_detached_contexts`; above 0 is a leak. */
	readonly detachedContexts: number;
	readonly spaces: readonly HeapSpace[];
	/** Garbage collections of the whole heap since the monitor attached; absent where they are not counted. */
	readonly fullCollections?: number;
}

export interface HeapSpace {
	/** Such as `old_space`. */
	readonly name: string;
	readonly size: number;
	readonly used: number;
}

/** V8 has about ten. */
export const HEAP_SPACE_LIMIT = 30;

const isHeapSpace: Guard<HeapSpace> = isShape<HeapSpace>({ name: isText(60), size: isAmount, used: isAmount });

export const isHeapSample: Guard<HeapSample> = isShape<HeapSample>({
	limit: isAmount,
	available: isAmount,
	malloced: isAmount,
	nativeContexts: isAmount,
	detachedContexts: isAmount,
	fullCollections: isOptional(isAmount),
	spaces: isListOf(isHeapSpace, HEAP_SPACE_LIMIT),
});
