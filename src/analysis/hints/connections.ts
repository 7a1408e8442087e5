import type { PoolNumber } from "../pools/index.js";
import type { Model } from "../rules/types.js";
import { type Client, livesOn, type ProvidedService } from "../summaries/clients.js";
import { shareProcess } from "../summaries/processes.js";
import { repeatsOf } from "../summaries/repeats.js";
import type { Siblings } from "./siblings.js";

/** What a process may open on the database of one of its clients. */
export interface ConnectionSum {
	/** Clients on that database that live as long as the process. */
	readonly clients: number;
	/** Over those whose pool's size is known. */
	readonly connections: number;
	/** Clients whose pool's size is not known, or depends on the machine. */
	readonly unknown: number;
}

/** What processes open, worked out once for all clients that share one and a database. */
export class ConnectionSums {
	readonly #model: Model;
	readonly #siblings: Siblings;
	readonly #known = new Map<string, ConnectionSum>();

	constructor(model: Model, siblings: Siblings) {
		this.#model = model;
		this.#siblings = siblings;
	}

	/** Null for clients that are made again and again: their connections add up with the traffic, not with the code. */
	of(client: Client): ConnectionSum | null {
		if (!livesOn(client) || repeatsOf(client).length > 0) return null;
		const key = [client.schema, client.database, this.#siblings.keyOf(client)].join("\n");
		const known = this.#known.get(key);
		if (known !== undefined) return known;
		const sum = this.#sum(client);
		this.#known.set(key, sum);
		return sum;
	}

	#sum(client: Client): ConnectionSum {
		const isBeside = (other: Client) =>
			other === client || (other.schema === client.schema && other.database === client.database && livesOn(other));
		const services = this.#model.clients.provided.filter(
			(service) => service.schema === client.schema && client.database === "default" && shareProcess(service, client),
		);
		return sumOf([
			...this.#siblings
				.of(client)
				.filter(isBeside)
				.map((one) => sizeOf(this.#model, one)),
			...services.map((service) => serviceSize(this.#model, service)),
		]);
	}
}

/** A service that a container builds, once per module that provides it. */
export function serviceSum(model: Model, service: ProvidedService): ConnectionSum {
	const beside = model.clients.all.filter(
		(client) =>
			client.isApp && livesOn(client) && client.database === "default" && client.schema === service.schema && shareProcess(service, client),
	);
	const own = Array.from({ length: Math.max(1, service.providers.length) }, () => serviceSize(model, service));
	return sumOf([...own, ...beside.map((client) => sizeOf(model, client))]);
}

/** A client whose pool this number sizes; null when none can be followed to it. */
export function clientSizedBy(model: Model, number: PoolNumber): Client | null {
	const candidates = model.clients.all.filter(
		({ isApp, package: pkg }) => isApp && pkg.prismaFrom !== null && pkg.prismaFrom === number.package.prismaFrom,
	);
	const isSized = (client: Client): boolean => {
		const size = model.pools.poolOf(client)?.size;
		return (size?.k === "explicit" || size?.k === "environment") && size.number === number;
	};
	return candidates.find((client) => client.file === number.place.file && isSized(client)) ?? candidates.find(isSized) ?? null;
}

/** Lines of a tooltip: what the process opens, and what its replicas open of what the database takes. */
export function connectionLines({ settings }: Model, sum: ConnectionSum | null): string[] {
	if (sum === null) return ["- Made again and again: each brings a pool of its own, so connections grow with the traffic"];
	if (sum.connections === 0) return [];
	const { maxConnections, replicas } = settings.database;
	const pools = sum.clients === 1 ? "its only client" : `${sum.clients} clients`;
	const unknown = sum.unknown === 0 ? "" : `, and those of ${sum.unknown} more whose size is not known`;
	const all = sum.connections * replicas;
	const limit =
		maxConnections === null ? "" : `; the database takes ${maxConnections}${all > maxConnections ? ", so the rest is refused" : ""}`;
	const process = `- This process, on this database: up to ${sum.connections} connections with ${pools}${unknown}`;
	return replicas === 1 ? [`${process}${limit}`] : [process, `- All ${replicas} replicas: up to ${all} connections${limit}`];
}

function sumOf(sizes: readonly (number | null)[]): ConnectionSum {
	const known = sizes.filter((size) => size !== null);
	return {
		clients: known.length,
		connections: known.reduce((sum, size) => sum + size, 0),
		unknown: sizes.length - known.length,
	};
}

function sizeOf(model: Model, client: Client): number | null {
	const size = model.pools.poolOf(client)?.size;
	return size === undefined || size.k === "unknown" ? null : size.value;
}

function serviceSize(model: Model, { file, client }: ProvidedService): number | null {
	const size = model.pools.poolOf({ file, client, package: model.workspace.packageOf(file) })?.size;
	return size === undefined || size.k === "unknown" ? null : size.value;
}
