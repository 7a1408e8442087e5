/** How late the event loop's timers are. */
import { inTarget, type Target } from "./in-target.js";

export const LOOP_PART = "loop";

/**
 * The expression that starts to measure. Each reading sets one timer, and the next one tells how late it was: a steady tick,
 * Node's own histogram included, would cost an idle process more than everything else that is read of it.
 */
export function measureLoop(holder: string): string {
	return inTarget(start, holder, LOOP_PART);
}

function start({ agent }: Target, holder: string, name: string): void {
	agent?.add(holder, name, () => {
		const delays = agent.histogram();
		let timer: NodeJS.Timeout | undefined;
		return {
			read() {
				const due = performance.now() + 1;
				timer ??= setTimeout(() => {
					timer = undefined;
					delays.record(Math.max(0, performance.now() - due));
				}, 1).unref();
				return delays.read();
			},
			remove: () => clearTimeout(timer),
		};
	});
}
