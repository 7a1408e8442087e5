import type { Reading } from "../agent/reading.js";

/** Share of one core between two readings, by the target's own clocks. */
export class CpuProbe {
	private last: Pick<Reading, "cpu" | "uptime"> | null = null;

	/** Null for the first reading, and for one that came within a millisecond of the last. */
	next(reading: Pick<Reading, "cpu" | "uptime">): number | null {
		const last = this.last;
		this.last = { cpu: reading.cpu, uptime: reading.uptime };
		if (last === null) return null;
		const seconds = reading.uptime - last.uptime;
		return seconds < 0.001 ? null : Math.max(0, (reading.cpu - last.cpu) / 1e6 / seconds);
	}
}
