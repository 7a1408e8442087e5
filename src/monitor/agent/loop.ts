/** How late the event loop's timers are. */
import { inTarget, type Target } from "./in-target.js";

/** 20 ticks a second cost an idle target little, and every delay longer than this is seen for sure. */
const TICK_MS = 50;

export const LOOP_PART = "loop";

/** The expression that starts to measure. A timer of our own, because Node's histogram loses the delay during which it is read. */
export function measureLoop(holder: string): string {
	return inTarget(start, holder, LOOP_PART, TICK_MS);
}

function start({ agent }: Target, holder: string, name: string, tickMs: number): void {
	agent?.add(holder, name, () => {
		const delays = agent.histogram();
		let last = performance.now();
		const timer = setInterval(() => {
			const now = performance.now();
			delays.record(Math.max(0, now - last - tickMs));
			last = now;
		}, tickMs);
		timer.unref();
		return { read: () => delays.read(), remove: () => clearInterval(timer) };
	});
}
