/** Test fixture: made-up samples shaped like those of a leaking server. */
import { PROFILES, thresholdsOf } from "../../../src/config/index.js";
import {
	type ConnectionSample,
	type DurationsSample,
	type LevelState,
	type MemoryCost,
	type NativeMemory,
	NO_JUDGEMENT,
	type Sample,
	SampleHistory,
	type SessionState,
	type TargetInfo,
	type ToDashboard,
} from "../../../src/protocol/index.js";

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

/** The same sample with every level on: operations slow down, a transaction stays open every 30 s, a client is made every 40 s. */
export function fullSampleAt(second: number): Sample {
	const base = sampleAt(second);
	const clients = 1 + Math.floor(second / 40);
	const pool = { total: clients, idle: Math.max(0, clients - 2), waiting: second % 50 === 0 ? 3 : 0, max: 10 * clients };
	const slow = second % 60 === 59 ? [{ model: "Booking", method: "findMany", duration: 400 + second, endedAt: base.t }] : [];
	return {
		...base,
		connections: base.connections.map((connection) => ({ ...connection, pool })),
		heap: {
			limit: 2e9,
			available: 1.9e9,
			malloced: 1e6,
			nativeContexts: 1,
			detachedContexts: 0,
			spaces: [
				{ name: "old_space", size: 30e6, used: 20e6 },
				{ name: "new_space", size: 16e6, used: 4e6 },
			],
			fullCollections: Math.floor(second / 25),
		},
		eventLoop: { delay: durations(2 + Math.sin(second / 9)), utilization: 0.3 + 0.2 * Math.sin(second / 13) },
		clients: { live: clients, created: clients },
		pools: [{ id: 1, endpoint: "127.0.0.1:5432", ...pool }],
		queries: {
			count: 40,
			perSecond: 40,
			duration: durations(6 + second / 50),
			statements: 44,
			statementDuration: durations(3),
			slowCount: slow.length,
			slow,
			errors: [],
		},
		transactions: { open: Math.floor(second / 30) % 6, ages: [], ended: 2, duration: durations(30 + 8 * Math.sin(second / 17)) },
	};
}

function durations(avg: number): DurationsSample {
	return { avg, p50: avg * 0.9, p95: avg * 2.2, p99: avg * 3, max: avg * 4 };
}

export const LEVELS_OFF: readonly LevelState[] = [
	{ level: "inventory", status: "off", price: "The process stops for about 0.4 s.", until: null },
	{ level: "trace", status: "off", price: "Each Prisma operation takes about 0.04 to 0.2 ms of cpu more while it is on.", until: null },
	{ level: "sites", status: "off", price: "The process stops for about 0.4 s. Then V8's debugger is on for 30 s.", until: null },
	{ level: "database", status: "off", price: "The process is not touched: one more connection to the database.", until: null },
];

type Restore = Extract<ToDashboard, { type: "restore" }>;

export const COST: MemoryCost = {
	firstClient: { low: 75, high: 75, source: "measured on Prisma 7, 2 models" },
	furtherClient: { low: 3, high: 4, source: "measured on Prisma 7, 2 models" },
	connection: { low: 0.2, high: 0.5, source: "measured on Prisma 7, per busy connection" },
};

export const NATIVE: NativeMemory = {
	pid: TARGET.pid,
	t: START + 100_000,
	parts: [
		{ kind: "engine", rss: 0, own: 0, mappings: 0 },
		{ kind: "malloc", rss: 30e6, own: 30e6, mappings: 7 },
		{ kind: "files", rss: 10e6, own: 1e6, mappings: 40 },
	],
};

/** A restore of consecutive samples, or of a history made by hand. */
export function restoreOf(samples: readonly Sample[] | SampleHistory, change: Partial<Restore> = {}): Restore {
	const history = samples instanceof SampleHistory ? samples : new SampleHistory();
	if (!(samples instanceof SampleHistory)) for (const sample of samples) history.push(sample, false);
	return {
		type: "restore",
		state: LIVE,
		history: history.snapshot(),
		thresholds: thresholdsOf(PROFILES.production),
		judgement: NO_JUDGEMENT,
		levels: [],
		marks: [],
		sites: [],
		baseline: null,
		comparison: null,
		...change,
	};
}
