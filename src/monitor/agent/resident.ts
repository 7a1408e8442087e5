/** What stays in the target while monitors are attached. It removes itself when none of them has been heard of for a while. */
import { BUCKETS, GROWTH, type Histogram, LOWEST_MS } from "./histogram.js";
import { inTarget, type Target } from "./in-target.js";

/** One thing that was changed in the target. */
export interface Part {
	/** What it has to tell in a reading: JSON. */
	read(): unknown;
	/** Leaves the target as it was before. Must not throw. */
	remove(): void;
}

export interface Agent {
	readonly parts: ReadonlyMap<string, Part>;
	/** What a part has to tell, if this holder wants it; else null. */
	read(holder: string, name: string): unknown;
	/** For parts that measure durations. */
	histogram(): Histogram;
	/** Keeps everything that this holder wants for another lease. */
	renew(holder: string): void;
	/** Adds a part, or joins those who want it already. */
	add(holder: string, name: string, create: () => Part): void;
	/** Removes the part unless another holder wants it. */
	drop(holder: string, name: string): void;
	/** Drops all that this holder wants. The agent goes with its last holder. */
	leave(holder: string): void;
}

/** A holder that says nothing for this long has died. Checked every `LEASE_CHECK_MS`, so parts outlive their monitor by 30 s at most. */
const LEASE_MS = 24_000;
const LEASE_CHECK_MS = 5_000;

/** The expression that puts the agent into the target; other leases are for tests. */
export function install(leaseMs = LEASE_MS, checkMs = LEASE_CHECK_MS): string {
	return inTarget(installAgent, { leaseMs, checkMs, lowestMs: LOWEST_MS, growth: GROWTH, buckets: BUCKETS });
}

interface Settings {
	readonly [name: string]: number;
	readonly leaseMs: number;
	readonly checkMs: number;
	readonly lowestMs: number;
	readonly growth: number;
	readonly buckets: number;
}

/**
 * Puts the agent there unless it is there already. A check that comes late by more than a second
 * tells that the process itself slept, or was busy, and then every lease starts anew.
 */
function installAgent({ agent }: Target, { leaseMs, checkMs, lowestMs, growth, buckets }: Settings): void {
	if (agent) return;
	const key = Symbol.for("prisma-leak-lens.agent");
	const parts = new Map<string, Part>();
	const wanted = new Map<string, Set<string>>();
	const renewedAt = new Map<string, number>();

	const drop = (holder: string, name: string): void => {
		const holders = wanted.get(name);
		if (!holders?.delete(holder) || holders.size > 0) return;
		wanted.delete(name);
		const part = parts.get(name);
		parts.delete(name);
		part?.remove();
	};
	const leave = (holder: string): void => {
		for (const name of [...wanted.keys()]) drop(holder, name);
		renewedAt.delete(holder);
		if (renewedAt.size > 0) return;
		clearInterval(timer);
		Reflect.deleteProperty(globalThis, key);
	};
	const read = (holder: string, name: string): unknown => (wanted.get(name)?.has(holder) ? parts.get(name)?.read() : null);
	const renew = (holder: string): void => {
		renewedAt.set(holder, performance.now());
	};
	const add = (holder: string, name: string, create: () => Part): void => {
		renew(holder);
		if (!parts.has(name)) parts.set(name, create());
		const holders = wanted.get(name) ?? new Set();
		wanted.set(name, holders.add(holder));
	};

	const logGrowth = Math.log(growth);
	const histogram = (): Histogram => {
		const counts = new Float64Array(buckets + 1);
		let count = 0;
		let sum = 0;
		return {
			record(duration) {
				const index = duration <= lowestMs ? 0 : Math.min(buckets, Math.ceil(Math.log(duration / lowestMs) / logGrowth));
				counts[index] = (counts[index] ?? 0) + 1;
				count++;
				sum += duration;
			},
			read: () => ({
				count,
				sum,
				buckets: Array.from(counts, (amount, index) => [index, amount] as const).filter(([, amount]) => amount > 0),
			}),
		};
	};

	let checkedAt = performance.now();
	const timer = setInterval(() => {
		const now = performance.now();
		const slept = now - checkedAt > checkMs + 1_000;
		checkedAt = now;
		for (const [holder, at] of [...renewedAt]) {
			if (slept) renewedAt.set(holder, now);
			else if (now - at > leaseMs) leave(holder);
		}
	}, checkMs);
	timer.unref();
	Object.defineProperty(globalThis, key, { value: { parts, read, histogram, renew, add, drop, leave }, configurable: true });
}
