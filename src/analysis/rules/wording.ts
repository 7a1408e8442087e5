import type { Estimate } from "../../protocol/index.js";
import { costBasisOf, estimateClients } from "../cost/index.js";
import type { PoolSize } from "../pools/index.js";
import type { Client, ProvidedService } from "../summaries/clients.js";
import type { Model } from "./types.js";

/** Sentences that several rules share, so that the same thing is always said the same way. */

/** What a client is called: Prisma 8 has no class of the name. */
export function clientName({ kind }: Pick<Client, "kind">): "PrismaClient" | "Prisma client" {
	return kind === "new" ? "PrismaClient" : "Prisma client";
}

/** What one more client costs in connections: "Each opens its own pool of up to 10 connections." */
export function poolPhrase(model: Model, client: Client): string {
	const pool = model.pools.poolOf(client);
	if (!pool) return client.package.engine === "none" ? "Each takes memory of its own." : "Each opens its own connections.";
	const size = connectionsOf(pool.size);
	return size === null
		? `Each opens its own pool (${pool.driver.defaultText} connections).`
		: `Each opens its own pool of up to ${size} ${size === 1 ? "connection" : "connections"}.`;
}

/** The client others should use: the shared one of its group, or another of the same process that is made to be shared. */
export function sharedFor(model: Model, client: Client): Client | ProvidedService | null {
	const group = model.clients.groups.find(({ others }) => others.includes(client));
	return group?.shared ?? model.clients.sharedBeside(client);
}

export function useShared(model: Model, client: Client): string {
	const shared = sharedFor(model, client);
	return shared ? `Use the one from ${shared.file}.` : "Make one client in a module of its own and import it.";
}

/** What the client costs beside a first one. */
export function perClient(model: Model, client: Client): Estimate | undefined {
	const pool = model.pools.poolOf(client);
	const connections = pool ? connectionsOf(pool.size) : null;
	return estimateClients(costBasisOf(client.package), { count: 1, connections }) ?? undefined;
}

function connectionsOf(size: PoolSize): number | null {
	return size.k === "unknown" ? null : size.value;
}
