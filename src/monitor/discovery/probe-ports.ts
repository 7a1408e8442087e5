import { findInspector, type InspectorAddress } from "../inspector/endpoint-list.js";

export interface ListenAddress {
	/** An address at which the port is reached from this machine. */
	readonly host: string;
	readonly port: number;
}

const PROBE_TIMEOUT_MS = 300;
/** A process that listens on more ports than this is no common server; the rest is not probed. */
const MAX_PROBED_PORTS = 16;

/** The first of the ports at which an inspector answers. */
export async function probePorts(addresses: readonly ListenAddress[]): Promise<InspectorAddress | null> {
	const probes = await Promise.all(
		addresses.slice(0, MAX_PROBED_PORTS).map(({ host, port }) => findInspector(host, port, PROBE_TIMEOUT_MS)),
	);
	return probes.find((address) => address !== null) ?? null;
}

/** Where a socket bound to this address is reached from this machine. */
export function reachableHost(bound: string): string {
	if (bound === "0.0.0.0" || bound === "*") return "127.0.0.1";
	return bound === "::" ? "::1" : bound;
}
