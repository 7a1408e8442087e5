import { ENDPOINT_LIMIT, type Guard, isAmount, isInteger, isListOf, isNullOr, isPid, isShape, isText } from "../../protocol/index.js";
import { RENEW_LEASE } from "./lease.js";

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
	readonly sockets: readonly RemoteCount[] | null;
}

export interface RawMemory {
	readonly rss: number;
	readonly heapTotal: number;
	readonly heapUsed: number;
	readonly external: number;
	readonly arrayBuffers: number;
}

export interface RemoteCount {
	readonly address: string;
	readonly port: number;
	readonly count: number;
}

/**
 * One expression, nothing kept in the target. Sockets come from Node's own list of active handles, which leaves out those
 * that `unref()` was called on and those of native engines. Sockets that a server accepted are not counted.
 */
const TAKE_READING = `(() => {
	const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
	const { user, system } = process.cpuUsage();
	let sockets = null;
	if (typeof process._getActiveHandles === "function") {
		const remotes = new Map();
		for (const handle of process._getActiveHandles()) {
			if (!handle.remotePort || handle.connecting || handle.destroyed || handle.server || handle._server) continue;
			const key = handle.remoteAddress + " " + handle.remotePort;
			const remote = remotes.get(key);
			if (remote) remote.count++;
			else if (remotes.size < ${ENDPOINT_LIMIT}) remotes.set(key, { address: String(handle.remoteAddress), port: handle.remotePort, count: 1 });
		}
		sockets = [...remotes.values()];
	}
	return {
		pid: process.pid,
		memory: { rss, heapTotal, heapUsed, external, arrayBuffers },
		cpu: user + system,
		uptime: process.uptime(),
		sockets,
	};
})()`;

const TAKE_READING_AND_RENEW = `(${RENEW_LEASE}, ${TAKE_READING})`;

/** The expression for one sample; renews the lease where the inspector is open on our account. */
export function takeReading(openedByUs: boolean): string {
	return openedByUs ? TAKE_READING_AND_RENEW : TAKE_READING;
}

export const isReading: Guard<Reading> = isShape<Reading>({
	pid: isPid,
	memory: isShape<RawMemory>({ rss: isAmount, heapTotal: isAmount, heapUsed: isAmount, external: isAmount, arrayBuffers: isAmount }),
	cpu: isAmount,
	uptime: isAmount,
	sockets: isNullOr(
		isListOf(isShape<RemoteCount>({ address: isText(100), port: isInteger(1, 65_535), count: isInteger(1, 10_000_000) }), ENDPOINT_LIMIT),
	),
});
