import { setTimeout as sleep } from "node:timers/promises";
import { isEndpoint } from "../../protocol/index.js";

/** The analysis may still be reading a large workspace; well-known database ports are told without it. */
const PATIENCE_MS = 2_000;
const MOST_ENDPOINTS = 100;

/** What `ask` knows of the workspace's databases, if it says so soon; else nothing, so that attaching never waits for the analysis. */
export async function knownEndpoints(
	ask: () => Promise<readonly string[]>,
	onFailure: (error: unknown) => void,
): Promise<readonly string[]> {
	const asked = ask().catch((error: unknown) => {
		onFailure(error);
		return [];
	});
	const endpoints = await Promise.race([asked, sleep(PATIENCE_MS, [], { ref: false })]);
	return endpoints.filter(isEndpoint).slice(0, MOST_ENDPOINTS);
}
