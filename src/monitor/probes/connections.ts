import { type ConnectionSample, ENDPOINT_LIMIT } from "../../protocol/index.js";
import type { RemoteSockets } from "../agent/reading.js";
import { parseEndpoint, remoteEndpoint } from "../endpoint.js";
import type { DatabaseEndpoints } from "./database-endpoints.js";
import type { KernelSockets } from "./kernel-sockets.js";
import { SocketAges } from "./socket-ages.js";

/** A target that reconnects to ever new databases is not followed for ever. */
const MAX_REMEMBERED = 50;

/** Open connections per remote endpoint: the process's own view beside the kernel's. A database seen once stays in the list, with 0 when its last connection is closed. */
export class ConnectionProbe {
	private readonly remembered = new Set<string>();
	private readonly ages = new SocketAges();
	private lastPorts: ReadonlyMap<string, readonly number[]> = new Map();

	constructor(
		private readonly databases: DatabaseEndpoints,
		/** Null when the target does not run on this machine. */
		private readonly kernel: KernelSockets | null,
	) {}

	next(sockets: readonly RemoteSockets[] | null, now = performance.now()): ConnectionSample[] {
		const seenByProcess = sockets === null ? null : countByEndpoint(sockets);
		const seenByKernel = this.kernel?.outgoing() ?? null;
		this.lastPorts = seenByKernel ?? portsByEndpoint(sockets ?? []);
		const ages = this.ages.next(this.lastPorts, now);
		const endpoints = new Set([...this.remembered, ...(seenByProcess?.keys() ?? []), ...(seenByKernel?.keys() ?? [])]);
		const samples = [...endpoints].map((endpoint) => ({
			endpoint,
			kind: this.kindOf(endpoint),
			process: seenByProcess === null ? null : (seenByProcess.get(endpoint) ?? 0),
			kernel: seenByKernel === null ? null : (seenByKernel.get(endpoint)?.length ?? 0),
			ages: ages.get(endpoint) ?? [],
		}));
		for (const { endpoint, kind } of samples)
			if (kind === "database" && this.remembered.size < MAX_REMEMBERED) this.remembered.add(endpoint);
		return samples.sort(databasesFirst).slice(0, ENDPOINT_LIMIT);
	}

	/** Local ports of the sockets counted last, by remote endpoint. */
	get ports(): ReadonlyMap<string, readonly number[]> {
		return this.lastPorts;
	}

	private kindOf(endpoint: string): ConnectionSample["kind"] {
		const parsed = parseEndpoint(endpoint);
		return parsed?.host ? this.databases.kindOf(parsed.host, parsed.port) : "other";
	}
}

/** One endpoint may come several times: as IPv4 and as IPv4-mapped IPv6. */
function countByEndpoint(sockets: readonly RemoteSockets[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { address, port, count } of sockets) {
		const endpoint = remoteEndpoint(address, port);
		counts.set(endpoint, (counts.get(endpoint) ?? 0) + count);
	}
	return counts;
}

function portsByEndpoint(sockets: readonly RemoteSockets[]): Map<string, readonly number[]> {
	const ports = new Map<string, readonly number[]>();
	for (const { address, port, localPorts } of sockets) {
		const endpoint = remoteEndpoint(address, port);
		ports.set(endpoint, [...(ports.get(endpoint) ?? []), ...localPorts]);
	}
	return ports;
}

function databasesFirst(a: ConnectionSample, b: ConnectionSample): number {
	if (a.kind !== b.kind) return a.kind === "database" ? -1 : 1;
	return a.endpoint < b.endpoint ? -1 : 1;
}
