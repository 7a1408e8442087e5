import { openDatabaseConnections, type Sample } from "../protocol/index.js";
import { median } from "./theil-sen.js";

/** A process that has done nothing new for so long has warmed up. */
const CALM_MS = 30_000;
/** Nobody warms up for longer: what still grows then is growth. */
const LONGEST_MS = 120_000;
/** Memory outside the heap moves by less than this while a process is calm: bytes, or a share of itself. */
const CALM_BYTES = 5_000_000;
const CALM_SHARE = 0.05;
/** A sample a minute is the rarest. */
const FEWEST_SAMPLES = 3;

/** The process as it is once modules are loaded, code is compiled and the first connections stand. */
export interface WarmLevel {
	/** Time of the sample that ended the warm-up. */
	readonly since: number;
	/** rss − heapTotal, bytes. */
	readonly outsideHeap: number;
}

/**
 * Tells when a process has warmed up. Loading Prisma and opening the first connection takes 75 to 112 MB outside the heap, so the
 * first connection to a database begins the warm-up anew.
 */
export class WarmUp {
	private begun: number | null = null;
	private recent: Sample[] = [];
	private connected = false;
	private reached: WarmLevel | null = null;

	/** Null until the process has warmed up. Samples are those of one process. */
	get level(): WarmLevel | null {
		return this.reached;
	}

	next(sample: Sample): void {
		if (!this.connected && openDatabaseConnections(sample) > 0) {
			this.connected = true;
			this.begun = null;
		}
		if (this.begun === null) this.restart(sample.t);
		if (this.reached !== null) return;
		this.recent.push(sample);
		while (this.recent.length > FEWEST_SAMPLES && (this.recent[0]?.t ?? sample.t) <= sample.t - CALM_MS) this.recent.shift();
		if (this.isOver(sample.t)) this.reached = { since: sample.t, outsideHeap: median(this.recent.map(outsideHeap)) };
	}

	private restart(t: number): void {
		this.begun = t;
		this.recent = [];
		this.reached = null;
	}

	private isOver(t: number): boolean {
		const lasted = t - (this.begun ?? t);
		if (lasted < CALM_MS || this.recent.length < FEWEST_SAMPLES) return false;
		const levels = this.recent.map(outsideHeap);
		const swing = Math.max(...levels) - Math.min(...levels);
		return lasted >= LONGEST_MS || swing <= Math.max(CALM_BYTES, CALM_SHARE * Math.max(...levels));
	}
}

function outsideHeap({ memory }: Sample): number {
	return memory.outsideHeap;
}
