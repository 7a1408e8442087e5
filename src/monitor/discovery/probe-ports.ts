import { findInspector, type InspectorAddress } from "../inspector/endpoint-list.js";
import { inspectorCandidates } from "./inspector-ports.js";

export interface ListenAddress {
	/** An address at which the port is reached from this machine. */
	readonly host: string;
	readonly port: number;
}

const PROBE_TIMEOUT_MS = 300;

/** The first of the ports at which an inspector answers. `listening` is in the order of opening; `options` are the process's own, which tell where one may be. */
export async function probePorts(listening: readonly ListenAddress[], options: readonly string[]): Promise<InspectorAddress | null> {
	const addresses = inspectorCandidates(listening, options);
	const probes = await Promise.all(addresses.map(({ host, port }) => findInspector(host, port, PROBE_TIMEOUT_MS)));
	return probes.find((address) => address !== null) ?? null;
}

/** Where a socket bound to this address is reached from this machine. */
export function reachableHost(bound: string): string {
	if (bound === "0.0.0.0" || bound === "*") return "127.0.0.1";
	return bound === "::" ? "::1" : bound;
}
