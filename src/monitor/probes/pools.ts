import { isIP } from "node:net";
import type { ConnectionSample, PoolGauges, PoolSample } from "../../protocol/index.js";
import type { InventoryReading, RemoteAddress } from "../agent/inventory.js";
import { parseEndpoint, remoteEndpoint } from "../endpoint.js";

export function poolSamples({ pools }: InventoryReading): PoolSample[] {
	return pools.map((pool) => ({ id: pool.id, endpoint: endpointOf(pool), ...gaugesOf(pool) }));
}

/** Puts the sums over the pools beside what process and kernel count. An endpoint without a pool stays as it is. */
export function joinPools(connections: readonly ConnectionSample[], { remotes }: InventoryReading): ConnectionSample[] {
	const sums = new Map<string, PoolGauges>();
	for (const remote of remotes) {
		const endpoint = endpointAmong(connections, remote);
		if (endpoint !== null) sums.set(endpoint, add(sums.get(endpoint), gaugesOf(remote)));
	}
	return connections.map((connection) => {
		const pool = sums.get(connection.endpoint);
		return pool === undefined ? connection : { ...connection, pool };
	});
}

/** Pools that know no more than a host's name connect to the only endpoint on that port, where it is the only one. */
function endpointAmong(connections: readonly ConnectionSample[], remote: RemoteAddress): string | null {
	const endpoint = endpointOf(remote);
	if (endpoint === null || remote.address === null || isIP(remote.address) !== 0) return endpoint;
	const onPort = connections.filter((connection) => parseEndpoint(connection.endpoint)?.port === remote.port);
	return onPort.length === 1 ? (onPort[0]?.endpoint ?? null) : null;
}

function endpointOf({ address, port }: RemoteAddress): string | null {
	return address === null || port === null ? null : remoteEndpoint(address, port);
}

function gaugesOf({ total, idle, waiting, max }: PoolGauges): PoolGauges {
	return { total, idle, waiting, max };
}

/** One endpoint may come several times: as IPv4 and as IPv4-mapped IPv6. */
function add(sum: PoolGauges | undefined, more: PoolGauges): PoolGauges {
	if (sum === undefined) return more;
	return { total: sum.total + more.total, idle: sum.idle + more.idle, waiting: sum.waiting + more.waiting, max: sum.max + more.max };
}
