import type { Client } from "./clients.js";
import type { Origin } from "./creations.js";
import type { Cause } from "./handlers.js";

/** An origin that runs again and again, and why. */
export interface Repeat {
	readonly origin: Origin;
	readonly cause: Cause;
}

/** Where an app's client is made anew each time; empty for clients that live as long as the process. */
export function repeatsOf(client: Client): readonly Repeat[] {
	// Prisma documents a client per request where connections do not outlive it (FORMS.md, quiet 6).
	if (!client.isApp || client.isOnEdge || client.replaces) return [];
	return client.origins.flatMap((origin): Repeat[] => {
		if (isOnePerDatabase(client, origin)) return [];
		if (origin.runs.k === "many") return [{ origin, cause: origin.runs.cause }];
		if (origin.runs.k === "unknown" && !origin.handedOut) return [{ origin, cause: "per call" }];
		return [];
	});
}

/** A loop that keeps a client for each of several databases, such as shards: no other client could serve them. */
function isOnePerDatabase({ database, retention }: Client, { runs, path }: Origin): boolean {
	return database === null && retention.k !== "local" && path.length === 0 && runs.k === "many" && runs.cause === "per loop turn";
}
