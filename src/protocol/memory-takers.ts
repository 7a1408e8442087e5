/** What clients and connections take of a process's memory: measured where it can be, by the cost model otherwise. */
import { openDatabaseConnections } from "./connections.js";
import { bytes, plural, roundBytes } from "./figures.js";
import type { CostRange, MemoryCost } from "./memory-cost.js";
import { riseEach, type Spread, spreadOf } from "./rise-each.js";
import type { Sample } from "./sample.js";

export interface MemoryTaker {
	readonly id: "firstClient" | "furtherClients" | "clients" | "connections";
	readonly name: string;
	/** How many there are; null where they are not counted. */
	readonly count: number | null;
	/** Bytes that each takes. */
	readonly each: Spread;
	readonly basis: "measured" | "estimated";
	/** In words for people. */
	readonly source: string;
}

/** With fewer samples at a number of clients or connections, rss there is chance. */
const LEAST_SAMPLES = 3;
const BYTES_PER_MB = 1_000_000;

/**
 * @param samples what is in view, in order of time; they tell what came with clients that were made, and connections that were opened, in it
 * @param at the sample whose clients and connections are counted
 * @param cost null where nothing is known
 */
export function memoryTakers(samples: readonly Sample[], at: Sample, cost: MemoryCost | null): readonly MemoryTaker[] {
	const own = samples.filter(({ pid, clients }) => pid === at.pid && clients !== undefined);
	return [...clientTakers(own, at, cost), ...connectionTakers(own, at, cost)];
}

function clientTakers(samples: readonly Sample[], at: Sample, cost: MemoryCost | null): readonly MemoryTaker[] {
	const live = at.clients?.live ?? null;
	const measured = measuredEach(samples, ({ clients }) => clients?.live ?? 0, "client");
	if (measured !== null) return [{ id: "clients", name: "PrismaClients, with what they use", count: live, ...measured }];
	if (cost === null) return [];
	const further = live === null ? null : Math.max(0, live - 1);
	return [
		{ id: "firstClient", name: "The first PrismaClient", count: live === null ? null : Math.min(1, live), ...estimated(cost.firstClient) },
		{ id: "furtherClients", name: "Further PrismaClients", count: further, ...estimated(cost.furtherClient) },
	];
}

/** Clients open connections: only where their number stays the same does rss tell of connections alone. */
function connectionTakers(samples: readonly Sample[], at: Sample, cost: MemoryCost | null): readonly MemoryTaker[] {
	const alike = samples.filter(({ clients }) => clients?.live === at.clients?.live);
	const measured = measuredEach(alike, openDatabaseConnections, "connection") ?? (cost === null ? null : estimated(cost.connection));
	if (measured === null) return [];
	return [{ id: "connections", name: "Database connections", count: openDatabaseConnections(at), ...measured }];
}

type Measured = Pick<MemoryTaker, "each" | "basis" | "source">;

function estimated({ low, high, source }: CostRange): Measured {
	const each = { value: ((low + high) / 2) * BYTES_PER_MB, low: low * BYTES_PER_MB, high: high * BYTES_PER_MB };
	return { each, basis: "estimated", source };
}

/** rss at the most of them beside rss at the fewest. */
function measuredEach(samples: readonly Sample[], countOf: (sample: Sample) => number, noun: string): Measured | null {
	const byCount = new Map<number, number[]>();
	for (const sample of samples) {
		const number = countOf(sample);
		const known = byCount.get(number);
		if (known === undefined) byCount.set(number, [sample.memory.rss]);
		else known.push(sample.memory.rss);
	}
	const levels = [...byCount].flatMap(([number, values]) => {
		const rss = values.length < LEAST_SAMPLES ? null : spreadOf(values);
		return rss === null ? [] : [{ count: number, rss }];
	});
	levels.sort((a, b) => a.count - b.count);
	const [fewest, most] = [levels[0], levels.at(-1)];
	const each = fewest === undefined || most === undefined ? null : riseEach(fewest, most);
	if (fewest === undefined || most === undefined || each === null) return null;
	const at = ({ count: number, rss }: typeof most): string => `${bytes(rss.value)} at ${plural(number, noun)}`;
	return { each, basis: "measured", source: `rss in view, ${at(fewest)} and ${at(most)}; whatever else grew meanwhile is in it` };
}

/** `≈ 33 MB to 48 MB` for an estimate. @param number how many */
export function takenText({ each, basis }: MemoryTaker, number: number): string {
	if (basis === "measured") return bytes(each.value * number);
	const [low, high] = [roundBytes(each.low * number), roundBytes(each.high * number)];
	return low === high ? `≈ ${high}` : `≈ ${low} to ${high}`;
}
