import {
	ENDPOINT_LIMIT,
	type Guard,
	type HeapSample,
	isAmount,
	isHeapSample,
	isInteger,
	isListOf,
	isNullOr,
	isPid,
	isResourceCount,
	isShape,
	isText,
	RESOURCE_LIMIT,
	type ResourceCount,
} from "../../protocol/index.js";
import { COLLECTIONS_PART } from "./collections.js";
import { isTotals, type Totals } from "./histogram.js";
import { AGENT_KEY, inTarget, type Target } from "./in-target.js";
import { INVENTORY_PART, type InventoryReading, isInventoryReading } from "./inventory.js";
import { LOOP_PART } from "./loop.js";
import { isSitesReading, type RawSite, SITES_PART } from "./sites.js";
import { isTraceReading, TRACE_PART, type TraceReading } from "./trace.js";

/** What the target reports once per sample. */
export interface Reading {
	readonly pid: number;
	/** `process.memoryUsage()`, bytes. */
	readonly memory: RawMemory;
	/** User and system time since the process began, in microseconds. */
	readonly cpu: number;
	/** Seconds since the process began, by its own clock. */
	readonly uptime: number;
	/** Open sockets by remote address and port; null when this Node version does not tell. */
	readonly sockets: readonly RemoteSockets[] | null;
	readonly heap: HeapSample;
	/** Milliseconds its event loop was idle and active since the process began. */
	readonly loop: { readonly idle: number; readonly active: number };
	/** How late its timers were, while the agent is there. */
	readonly loopDelay: Totals | null;
	/** Garbage collections of the whole heap since the agent is there. */
	readonly fullCollections: number | null;
	readonly resources: readonly ResourceCount[];
	/** Null unless the level is on. */
	readonly inventory: InventoryReading | null;
	readonly trace: TraceReading | null;
	readonly sites: readonly RawSite[] | null;
}

export interface RawMemory {
	readonly rss: number;
	readonly heapTotal: number;
	readonly heapUsed: number;
	readonly external: number;
	readonly arrayBuffers: number;
}

export interface RemoteSockets {
	readonly address: string;
	readonly port: number;
	readonly count: number;
	/** Local ports, which tell one socket from the other; not all of them where there are very many. */
	readonly localPorts: readonly number[];
}

/** Sockets told apart in one reading. */
const SOCKET_LIMIT = 2_000;

/** The expression that puts what reads into the target, once: compiling it for every sample would cost more than reading does. */
export function prepareReading(holder: string): string {
	return inTarget(
		prepare,
		holder,
		partOf(holder),
		{ loop: LOOP_PART, collections: COLLECTIONS_PART, inventory: INVENTORY_PART, trace: TRACE_PART, sites: SITES_PART },
		{ endpoints: ENDPOINT_LIMIT, sockets: SOCKET_LIMIT, resources: RESOURCE_LIMIT },
	);
}

/**
 * The expression for one sample, which also says that `holder` is still there: a text of JSON, which costs the target half of what V8 takes
 * to copy an object out; null when the agent is not there, or not any more. `readingOf` reads it.
 */
export function takeReading(holder: string): string {
	return `(globalThis[${AGENT_KEY}]?.read(${JSON.stringify(holder)}, ${JSON.stringify(partOf(holder))}) ?? null)`;
}

/** Each holder has its own: what it wants of the other parts is in its readings, and nothing else. */
function partOf(holder: string): string {
	return `reading for ${holder}`;
}

/**
 * Sockets come from Node's own list of active handles, which leaves out those that `unref()` was called on and those of
 * native engines. Sockets that a server accepted are not counted.
 */
function prepare(
	{ agent, load }: Target,
	holder: string,
	name: string,
	parts: {
		readonly [name: string]: string;
		readonly loop: string;
		readonly collections: string;
		readonly inventory: string;
		readonly trace: string;
		readonly sites: string;
	},
	limits: { readonly [name: string]: number; readonly endpoints: number; readonly sockets: number; readonly resources: number },
): void {
	interface Handle {
		readonly remoteAddress?: unknown;
		readonly remotePort?: number;
		readonly localPort?: number;
		readonly connecting?: boolean;
		readonly destroyed?: boolean;
		readonly server?: unknown;
		readonly _server?: unknown;
	}
	const openSockets = (): unknown => {
		const list: unknown = Reflect.get(process, "_getActiveHandles");
		if (typeof list !== "function") return null;
		const handles: readonly Handle[] = list.call(process);
		const remotes = new Map<string, { address: string; port: number; count: number; localPorts: number[] }>();
		let listed = 0;
		for (const handle of handles) {
			if (!handle.remotePort || handle.connecting || handle.destroyed || handle.server || handle._server) continue;
			const key = `${handle.remoteAddress} ${handle.remotePort}`;
			let remote = remotes.get(key);
			if (!remote) {
				if (remotes.size >= limits.endpoints) continue;
				remote = { address: String(handle.remoteAddress), port: handle.remotePort, count: 0, localPorts: [] };
				remotes.set(key, remote);
			}
			remote.count++;
			if (handle.localPort && listed++ < limits.sockets) remote.localPorts.push(handle.localPort);
		}
		return [...remotes.values()];
	};
	const activeResources = (): unknown => {
		const counts = new Map<string, number>();
		for (const kind of process.getActiveResourcesInfo?.() ?? []) counts.set(kind, (counts.get(kind) ?? 0) + 1);
		const list = [...counts].map(([kind, count]) => ({ kind, count }));
		return list.sort((a, b) => b.count - a.count).slice(0, limits.resources);
	};
	const v8 = load("v8");
	const { performance: clock } = load("perf_hooks");
	const heap = (): unknown => {
		const statistics = v8.getHeapStatistics();
		return {
			limit: statistics.heap_size_limit,
			available: statistics.total_available_size,
			malloced: statistics.malloced_memory,
			nativeContexts: statistics.number_of_native_contexts,
			detachedContexts: statistics.number_of_detached_contexts,
			spaces: v8.getHeapSpaceStatistics().map((space) => ({ name: space.space_name, size: space.space_size, used: space.space_used_size })),
		};
	};
	const tell = (part: string) => agent?.read(holder, part) ?? null;
	const read = (): unknown => {
		agent?.renew(holder);
		const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
		const { user, system } = process.cpuUsage();
		const { idle, active } = clock.eventLoopUtilization();
		return {
			pid: process.pid,
			memory: { rss, heapTotal, heapUsed, external, arrayBuffers },
			cpu: user + system,
			uptime: process.uptime(),
			sockets: openSockets(),
			heap: heap(),
			loop: { idle, active },
			loopDelay: tell(parts.loop),
			fullCollections: tell(parts.collections),
			resources: activeResources(),
			inventory: tell(parts.inventory),
			trace: tell(parts.trace),
			sites: tell(parts.sites),
		};
	};
	agent?.add(holder, name, () => ({ read: () => JSON.stringify(read()), remove: () => {} }));
}

/** What the target answered; null when that is no reading. */
export function readingOf(answer: unknown): Reading | null {
	if (typeof answer !== "string") return null;
	try {
		const reading: unknown = JSON.parse(answer);
		return isReading(reading) ? reading : null;
	} catch {
		return null;
	}
}

export const isReading: Guard<Reading> = isShape<Reading>({
	pid: isPid,
	memory: isShape<RawMemory>({ rss: isAmount, heapTotal: isAmount, heapUsed: isAmount, external: isAmount, arrayBuffers: isAmount }),
	cpu: isAmount,
	uptime: isAmount,
	sockets: isNullOr(
		isListOf(
			isShape<RemoteSockets>({
				address: isText(100),
				port: isInteger(1, 65_535),
				count: isInteger(1, 10_000_000),
				localPorts: isListOf(isInteger(1, 65_535), SOCKET_LIMIT),
			}),
			ENDPOINT_LIMIT,
		),
	),
	heap: isHeapSample,
	loop: isShape<Reading["loop"]>({ idle: isAmount, active: isAmount }),
	loopDelay: isNullOr(isTotals),
	fullCollections: isNullOr(isAmount),
	resources: isListOf(isResourceCount, RESOURCE_LIMIT),
	inventory: isNullOr(isInventoryReading),
	trace: isNullOr(isTraceReading),
	sites: isNullOr(isSitesReading),
});
