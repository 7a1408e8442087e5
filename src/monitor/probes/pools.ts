import type { ConnectionSample, PoolGauges, PoolSample } from "../../protocol/index.js";
import type { InventoryReading, RemoteAddress } from "../agent/inventory.js";
import { remoteEndpoint } from "../endpoint.js";

export function poolSamples({ pools }: InventoryReading): PoolSample[] {
	return pools.map((pool) => ({ id: pool.id, endpoint: endpointOf(pool), ...gaugesOf(pool) }));
}

/** Puts the sums over the pools beside what process and kernel count. An endpoint without a pool stays as it is. */
export function joinPools(connections: readonly ConnectionSample[], { remotes }: InventoryReading): ConnectionSample[] {
	const sums = new Map<string, PoolGauges>();
	for (const remote of remotes) {
		const endpoint = endpointOf(remote);
		if (endpoint !== null) sums.set(endpoint, add(sums.get(endpoint), gaugesOf(remote)));
	}
	return connections.map((connection) => {
		const pool = sums.get(connection.endpoint);
		return pool === undefined ? connection : { ...connection, pool };
	});
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
