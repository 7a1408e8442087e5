/** What each level costs the target, said before it is turned on. */
import type { Level } from "../../protocol/index.js";

/**
 * Seconds the process stands still while its heap is searched: measured 0.2 s with 9 MB of heap in use and 1 to 2 s with
 * 125 MB, on Node 20. `heapUsed` in bytes.
 */
export function searchSeconds(heapUsed: number): number {
	return 0.1 + (heapUsed / 1e6) * 0.012;
}

/** For how long creation sites are recorded. */
export const RECORDING_MS = 30_000;

/** `heapUsed` in bytes; null before it is known. */
export function priceOf(level: Level, heapUsed: number | null): string {
	switch (level) {
		case "inventory":
			return `${stops(heapUsed)} Afterwards each reading counts clients and pools, which costs next to nothing.`;
		case "trace":
			return "Each Prisma operation takes about 0.04 to 0.2 ms of cpu more while it is on. It changes the process: Prisma's tracing hook is set.";
		case "sites":
			return `${stops(heapUsed)} Then V8's debugger is on for ${RECORDING_MS / 1_000} s, and the process uses up to twice the cpu. It is never paused.`;
		case "database":
			return "The process is not touched: one more connection to the database asks it once per sample.";
	}
}

/**
 * Sampling allocations: measured 3 % more cpu in a program that does nothing but allocate, and a collection of the garbage at the end:
 * 0.02 s with 10 MB of heap in use, 0.2 s with 125 MB, 0.8 s with 400 MB, both on Node 20. `heapUsed` in bytes; null before it is known.
 */
export function heapProfilePrice(seconds: number, heapUsed: number | null): string {
	const pause = heapUsed === null ? "for a moment" : `for about ${roughly(0.02 + (heapUsed / 1e6) * 0.002)} s`;
	return `For ${seconds} s V8 notes one allocation in about 32 kB, which takes a few per cent more cpu. Then the process stops ${pause}, to collect its garbage.`;
}

function stops(heapUsed: number | null): string {
	return heapUsed === null ? "The process stops for a moment." : `The process stops for about ${roughly(searchSeconds(heapUsed))} s.`;
}

/** One significant digit. */
function roughly(seconds: number): string {
	return String(Number(seconds.toPrecision(1)));
}
