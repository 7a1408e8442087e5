/** What the monitor measures: plain data, bytes and milliseconds. Every truth about a number stands under its own name. */
import { type ClientsSample, isClientsSample, isPoolSample, type PoolSample } from "./clients-sample.js";
import { type ConnectionSample, isConnectionSample } from "./connection-sample.js";
import { type Guard, isAmount, isListOf, isNullOr, isNumber, isOptional, isShape } from "./guard.js";
import { type HeapSample, isHeapSample } from "./heap-sample.js";
import { type EventLoopSample, isEventLoopSample, isResourceCount, type ResourceCount } from "./loop-sample.js";
import { isQueriesSample, isTransactionsSample, type QueriesSample, type TransactionsSample } from "./queries-sample.js";

/** `process.memoryUsage()` in bytes, and the two differences the project speaks of. */
export interface MemorySample {
	readonly rss: number;
	readonly heapTotal: number;
	readonly heapUsed: number;
	readonly external: number;
	readonly arrayBuffers: number;
	/** rss − heapTotal. */
	readonly outsideHeap: number;
	/** rss − heapTotal − external, never below 0. */
	readonly native: number;
}

/** One moment of one process. A field of a level that is not on is absent. */
export interface Sample {
	/** Milliseconds since the epoch, by the monitor's clock. */
	readonly t: number;
	/** 0 in a sum of several processes. */
	readonly pid: number;
	/** In a sum: of how many processes and threads. Percentiles and the event loop are those of the worst of them. */
	readonly members?: number;
	/** The thread, for one that is not the main one: heap, `external`, connections and levels are its own; rss, `native` and cpu the process's. */
	readonly worker?: number;
	readonly memory: MemorySample;
	readonly connections: readonly ConnectionSample[];
	/** Share of one core the target used since the sample before: 1 is one whole core. Null in the first sample. */
	readonly cpu: number | null;
	readonly heap?: HeapSample;
	readonly eventLoop?: EventLoopSample;
	/** What keeps the event loop alive, by kind, most first. */
	readonly resources?: readonly ResourceCount[];
	/** Level inventory. */
	readonly clients?: ClientsSample;
	/** Level inventory: every live pool, fullest first. */
	readonly pools?: readonly PoolSample[];
	/** Level trace. */
	readonly queries?: QueriesSample;
	/** Level trace. */
	readonly transactions?: TransactionsSample;
}

/** More remote endpoints than this in one sample is not a measurement but an accident. */
export const ENDPOINT_LIMIT = 1_000;
/** Pools listed one by one; the rest is in the endpoints' sums. */
export const POOL_LIMIT = 100;
/** Kinds of active resources told apart. */
export const RESOURCE_LIMIT = 50;

const isMemorySample: Guard<MemorySample> = isShape<MemorySample>({
	rss: isAmount,
	heapTotal: isAmount,
	heapUsed: isAmount,
	external: isAmount,
	arrayBuffers: isAmount,
	outsideHeap: isNumber,
	native: isAmount,
});

export const isSample: Guard<Sample> = isShape<Sample>({
	t: isAmount,
	pid: isAmount,
	members: isOptional(isAmount),
	worker: isOptional(isAmount),
	memory: isMemorySample,
	connections: isListOf(isConnectionSample, ENDPOINT_LIMIT),
	cpu: isNullOr(isAmount),
	heap: isOptional(isHeapSample),
	eventLoop: isOptional(isEventLoopSample),
	resources: isOptional(isListOf(isResourceCount, RESOURCE_LIMIT)),
	clients: isOptional(isClientsSample),
	pools: isOptional(isListOf(isPoolSample, POOL_LIMIT)),
	queries: isOptional(isQueriesSample),
	transactions: isOptional(isTransactionsSample),
});
