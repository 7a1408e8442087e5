import type { Estimate } from "../../protocol/index.js";
import type { Client } from "../summaries/clients.js";
import type { Model } from "./types.js";

/** Sentences that several rules share, so that the same thing is always said the same way. */

export function poolPhrase(_model: Model, _client: Client): string {
	return "Each opens its own connection pool.";
}

/** The client others should use: the shared one of its group, or any other app client of the package that is made to be shared. */
export function sharedFor(model: Model, client: Client): Client | null {
	for (const group of model.clients.groups)
		if (group.shared && group.shared !== client && group.members.includes(client)) return group.shared;
	return model.clients.sharedBeside(client);
}

export function useShared(model: Model, client: Client): string {
	const shared = sharedFor(model, client);
	return shared ? `Use the one from ${shared.file}.` : "Make one client in a module of its own and import it.";
}

export function perClient(_model: Model, _client: Client): Estimate | undefined {
	return undefined;
}
