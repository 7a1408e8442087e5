import type { Estimate } from "../../protocol/index.js";
import { costBasisOf, driverOfPackage, estimateClients, type PoolDriver, RUST_POOL } from "../cost/index.js";
import type { Client, ProvidedService } from "../summaries/clients.js";
import type { Model } from "./types.js";

/** Sentences that several rules share, so that the same thing is always said the same way. */

/** What one more client costs in connections: "Each opens its own pool of up to 10 connections." */
export function poolPhrase(client: Client): string {
	const driver = driverOf(client);
	if (!driver) return "Each opens its own connections.";
	return driver.defaultSize === null
		? `Each opens its own pool (${driver.defaultText} connections).`
		: `Each opens its own pool of up to ${driver.defaultSize} connections.`;
}

function driverOf(client: Client): PoolDriver | null {
	if (client.package.engine === "rust") return RUST_POOL;
	return client.package.adapters.map(driverOfPackage).find((driver) => driver !== null) ?? null;
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
export function perClient(client: Client): Estimate | undefined {
	const connections = driverOf(client)?.defaultSize ?? null;
	return estimateClients(costBasisOf(client.package), { count: 1, connections }) ?? undefined;
}
