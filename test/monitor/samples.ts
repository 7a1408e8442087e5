import type { Sample } from "../../src/protocol/index.js";

const MB = 1_000_000;

/** The parts of a sample that a test is about; sizes in MB. */
export interface Figures {
	readonly t: number;
	readonly pid?: number;
	readonly external?: number;
	/** rss − heapTotal − external. */
	readonly native?: number;
	/** What the old space holds. */
	readonly old?: number;
	readonly connections?: number;
}

export function sampleOf({ t, pid = 1, external = 10, native = 80, old = 30, connections = 1 }: Figures): Sample {
	const heapTotal = 50 * MB;
	return {
		t,
		pid,
		memory: {
			rss: heapTotal + (external + native) * MB,
			heapTotal,
			heapUsed: old * MB + 5 * MB,
			external: external * MB,
			arrayBuffers: MB,
			outsideHeap: (external + native) * MB,
			native: native * MB,
		},
		connections: [{ endpoint: "127.0.0.1:5432", kind: "database", process: connections, kernel: connections }],
		cpu: 0.1,
		heap: {
			limit: 4_000 * MB,
			available: 3_900 * MB,
			malloced: MB,
			nativeContexts: 1,
			detachedContexts: 0,
			spaces: [
				{ name: "new_space", size: 16 * MB, used: 5 * MB },
				{ name: "old_space", size: 60 * MB, used: old * MB },
			],
		},
	};
}
