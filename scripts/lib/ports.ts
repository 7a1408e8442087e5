import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProcessGroup } from "./processes.js";

export async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	if (address === null || typeof address === "string") throw new Error("The system gave no free port on 127.0.0.1.");
	return address.port;
}

/** Waits until `url` answers. Rejects with the server's last words when it ends or stays silent. */
export async function untilAnswers(url: string, server: ProcessGroup, timeoutMs: number): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await answers(url))) {
		if (!server.isRunning()) throw new Error(`"${server.command}" ended before it answered:\n${server.lastWords()}`);
		if (Date.now() > deadline) throw new Error(`No answer from ${url} within ${timeoutMs / 1000} s:\n${server.lastWords()}`);
		await sleep(100);
	}
}

async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
		await response.body?.cancel();
		return response.ok;
	} catch {
		return false;
	}
}
