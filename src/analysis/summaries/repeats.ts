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
	if (!client.isApp || isPerRequestByDesign(client)) return [];
	return client.origins.flatMap((origin): Repeat[] => {
		if (origin.runs.k === "many") return [{ origin, cause: origin.runs.cause }];
		if (origin.runs.k === "unknown" && !origin.handedOut) return [{ origin, cause: "per call" }];
		return [];
	});
}

/** Workers cannot keep connections across requests: Prisma documents a client per request there (FORMS.md, quiet 6). */
function isPerRequestByDesign(client: Client): boolean {
	return client.package.frameworks.has("workers");
}
