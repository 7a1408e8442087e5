import { pathToFileURL } from "node:url";
import { AnalysisMethod, isAnalysisSummary } from "../../src/protocol/index.js";
import { type ServerProcess, startServerProcess } from "../server/support/server-process.js";
import { SERVER } from "./products.js";
import { withScratch } from "./scratch.js";

const SCAN_TIMEOUT_MS = 300_000;
/** For an answer that is measured: a slow one is a result, not a failure. */
export const ANSWER_TIMEOUT_MS = 60_000;

/** Runs `work` on the language server of the product, its scan of `root` just done, with nothing in its cache. */
export function withServer<T>(root: string, work: (server: ServerProcess) => Promise<T>): Promise<T> {
	return withScratch(async (cache) => {
		const server = startServerProcess([SERVER, "--stdio"], { ...process.env, XDG_CACHE_HOME: cache });
		const { client } = server;
		try {
			await client.initialize([pathToFileURL(root).href]);
			await client.until(
				"the scan",
				() => (client.logged.some((message) => message.startsWith("Scanned ")) ? true : null),
				SCAN_TIMEOUT_MS,
			);
			const summary: unknown = await client.connection.sendRequest(AnalysisMethod.summary);
			if (!isAnalysisSummary(summary) || summary.state !== "ready") throw new Error(`The server scanned ${root} and is not ready.`);
			return await work(server);
		} finally {
			await server.stop();
		}
	});
}
