/** How often V8 collected its whole heap: what is left then is in use, and only that tells a leak from garbage that waits. */
import { inTarget, type Target } from "./in-target.js";

export const COLLECTIONS_PART = "collections";

/** The expression that starts to count full garbage collections. */
export function countCollections(holder: string): string {
	return inTarget(start, holder, COLLECTIONS_PART);
}

function start({ agent, load }: Target, holder: string, name: string): void {
	const { PerformanceObserver, constants } = load("perf_hooks");
	agent?.add(holder, name, () => {
		let full = 0;
		const observer = new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) {
				// Node's types know no details of an entry.
				const detail: unknown = Reflect.get(entry, "detail");
				if (typeof detail !== "object" || detail === null) continue;
				if (Reflect.get(detail, "kind") === constants.NODE_PERFORMANCE_GC_MAJOR) full++;
			}
		});
		observer.observe({ entryTypes: ["gc"] });
		return { read: () => full, remove: () => observer.disconnect() };
	});
}
