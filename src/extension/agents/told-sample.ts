import { type Sample, shownConnections } from "../../protocol/index.js";

/** What a language model is told of a sample: no more than it can make use of. */
export interface ToldSample {
	/** ISO 8601. */
	readonly at: string;
	readonly pid: number;
	/** Bytes. */
	readonly memory: Sample["memory"];
	readonly connections: readonly { readonly endpoint: string; readonly kind: string; readonly count: number | null }[];
	/** Live PrismaClients; null while the level that counts them is off. */
	readonly clients: number | null;
}

export function tellSample({ t, pid, memory, connections, clients }: Sample): ToldSample {
	return {
		at: new Date(t).toISOString(),
		pid,
		memory,
		connections: connections.map((connection) => ({
			endpoint: connection.endpoint,
			kind: connection.kind,
			count: shownConnections(connection),
		})),
		clients: clients?.live ?? null,
	};
}
