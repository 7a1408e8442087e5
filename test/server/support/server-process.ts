import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
	createProtocolConnection,
	ExitNotification,
	ShutdownRequest,
	StreamMessageReader,
	StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { TestClient } from "./client.js";

/** Node's arguments for the server's sources. */
export const FROM_SOURCE: readonly string[] = ["--import", "tsx", "src/server/main.ts"];

export interface ServerProcess {
	readonly process: ChildProcess;
	readonly client: TestClient;
	/** Ends it as an editor does; resolves with its exit code. */
	stop(): Promise<number | null>;
}

/** The language server as a process of its own, spoken to over its standard input and output. */
export function startServerProcess(args: readonly string[], env: NodeJS.ProcessEnv = process.env): ServerProcess {
	const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], env });
	const client = new TestClient(createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)));
	return {
		process: child,
		client,
		async stop() {
			await client.connection.sendRequest(ShutdownRequest.type);
			await client.connection.sendNotification(ExitNotification.type);
			if (child.exitCode === null) await once(child, "exit");
			return child.exitCode;
		},
	};
}
