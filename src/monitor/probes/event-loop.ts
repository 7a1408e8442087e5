import type { EventLoopSample } from "../../protocol/index.js";
import type { Reading } from "../agent/reading.js";
import { DurationsProbe } from "./durations.js";

/** How busy and how late the event loop was between two readings. */
export class EventLoopProbe {
	private last: Reading["loop"] | null = null;
	private readonly delay = new DurationsProbe();

	next({ loop, loopDelay }: Pick<Reading, "loop" | "loopDelay">): EventLoopSample {
		const { last } = this;
		this.last = loop;
		const delay = loopDelay === null ? null : this.delay.next(loopDelay).durations;
		return { delay, utilization: last === null ? null : share(loop.active - last.active, loop.idle - last.idle) };
	}
}

/** Null when no time passed, or the figures ran backwards. */
function share(active: number, idle: number): number | null {
	return active < 0 || idle < 0 || active + idle < 1 ? null : active / (active + idle);
}
