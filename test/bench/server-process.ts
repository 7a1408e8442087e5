import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import {
	createProtocolConnection,
	ExitNotification,
	ShutdownRequest,
	StreamMessageReader,
	StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { AnalysisMethod, isAnalysisSummary } from "../../src/protocol/index.js";
import { TestClient } from "../server/support/client.js";
import { SERVER } from "./products.js";
import { withScratch } from "./scratch.js";

const SCAN_TIMEOUT_MS = 300_000;
/** For an answer that is measured: a slow one is a result, not a failure. */
export const ANSWER_TIMEOUT_MS = 60_000;

export interface RunningServer {
	readonly process: ChildProcess;
	readonly client: TestClient;
}

/** Runs `work` on the language server of the product, its scan of `root` just done, with nothing in its cache. */
export function withServer<T>(root: string, work: (server: RunningServer) => Promise<T>): Promise<T> {
	return withScratch(async (cache) => {
		const child = spawn(process.execPath, [SERVER, "--stdio"], {
			stdio: ["pipe", "pipe", "inherit"],
			env: { ...process.env, XDG_CACHE_HOME: cache },
		});
		const client = new TestClient(createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)));
		try {
			await client.initialize([pathToFileURL(root).href]);
			await client.until(
				"the scan",
				() => (client.logged.some((message) => message.startsWith("Scanned ")) ? true : null),
				SCAN_TIMEOUT_MS,
			);
			const summary: unknown = await client.connection.sendRequest(AnalysisMethod.summary);
			if (!isAnalysisSummary(summary) || summary.state !== "ready") throw new Error(`The server scanned ${root} and is not ready.`);
			return await work({ process: child, client });
		} finally {
			await client.connection.sendRequest(ShutdownRequest.type);
			await client.connection.sendNotification(ExitNotification.type);
			if (child.exitCode === null) await once(child, "exit");
		}
	});
}
