/** What the monitor measures: plain data, bytes and milliseconds. Every truth about a number stands under its own name. */
import { type Guard, isAmount, isListOf, isLiteral, isNullOr, isNumber, isOneOf, isShape, isText } from "./guard.js";

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

/** Open connections to one remote endpoint. `process`: sockets Node's own handles show; `kernel`: sockets in the kernel's table (Linux), which sees the Rust engine too; null where it cannot be had. */
export interface ConnectionSample {
	/** `host:port` */
	readonly endpoint: string;
	readonly kind: "database" | "other";
	readonly process: number | null;
	readonly kernel: number | null;
}

export interface Sample {
	/** Milliseconds since the epoch, by the monitor's clock. */
	readonly t: number;
	readonly pid: number;
	readonly memory: MemorySample;
	readonly connections: readonly ConnectionSample[];
	/** Share of one core the target used since the sample before: 1 is one whole core. Null in the first sample. */
	readonly cpu: number | null;
}

/** More remote endpoints than this in one sample is not a measurement but an accident. */
export const ENDPOINT_LIMIT = 1_000;

const isMemorySample: Guard<MemorySample> = isShape<MemorySample>({
	rss: isAmount,
	heapTotal: isAmount,
	heapUsed: isAmount,
	external: isAmount,
	arrayBuffers: isAmount,
	outsideHeap: isNumber,
	native: isAmount,
});

const isConnectionSample: Guard<ConnectionSample> = isShape<ConnectionSample>({
	endpoint: isText(300),
	kind: isOneOf(isLiteral("database"), isLiteral("other")),
	process: isNullOr(isAmount),
	kernel: isNullOr(isAmount),
});

export const isSample: Guard<Sample> = isShape<Sample>({
	t: isAmount,
	pid: isAmount,
	memory: isMemorySample,
	connections: isListOf(isConnectionSample, ENDPOINT_LIMIT),
	cpu: isNullOr(isAmount),
});
