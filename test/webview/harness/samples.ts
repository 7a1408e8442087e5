/** Test fixture: made-up samples shaped like those of a leaking server. */
import type { ConnectionSample, Sample, SessionState, TargetInfo } from "../../../src/protocol/index.js";

export const START = Date.UTC(2026, 2, 4, 9, 30, 0);

export const TARGET: TargetInfo = {
	pid: 48213,
	title: "src/server.js",
	nodeVersion: "v20.20.2",
	inspector: "127.0.0.1:9229",
	openedByUs: true,
};

export const LIVE: SessionState = { kind: "live", target: TARGET, since: START };

/** The sample of second `second`: the heap saw-tooths, external and native creep, a client is made every 40 s. */
export function sampleAt(second: number, more: readonly ConnectionSample[] = []): Sample {
	const wobble = Math.sin(second / 7) * 0.6e6 + Math.sin(second / 2.3) * 0.3e6;
	const heapUsed = 24e6 + (second % 25) * 0.7e6 + wobble;
	const heapTotal = 49.5e6 + Math.floor(second / 90) * 1.5e6;
	const external = 9e6 + second * 0.08e6;
	const native = 58e6 + second * 0.12e6 + wobble;
	const rss = heapTotal + external + native;
	const connections = Math.min(14, 1 + Math.floor(second / 40));
	return {
		t: START + second * 1000,
		pid: TARGET.pid,
		memory: { rss, heapTotal, heapUsed, external, arrayBuffers: external / 3, outsideHeap: rss - heapTotal, native },
		connections: [{ endpoint: "127.0.0.1:5432", kind: "database", process: connections, kernel: connections }, ...more],
		cpu: second === 0 ? null : 0.12 + Math.sin(second / 5) * 0.08,
	};
}

/** A connection that the process and the kernel count differently, and one that is no database. */
export const MIXED: readonly ConnectionSample[] = [
	{ endpoint: "127.0.0.1:3306", kind: "database", process: 0, kernel: 3 },
	{ endpoint: "10.1.4.20:6379", kind: "other", process: 2, kernel: 2 },
];

export function seconds(from: number, to: number): readonly number[] {
	return Array.from({ length: to - from }, (_, index) => from + index);
}
