import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A server of its own process that tests ask for things over HTTP. */
export interface App {
	readonly pid: number;
	/** Answers with the parsed JSON; rejects with the body of a failure. */
	get(path: string): Promise<unknown>;
	/** What it wrote to both its outputs. */
	output(): string;
	/** Whether its process has ended, and how. */
	readonly exit: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
	stop(): Promise<void>;
}

export interface AppOptions {
	/** The Node program; by default the one that runs the test. */
	readonly node?: string;
	readonly nodeOptions?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
}

/** Starts a script that prints `listening on PORT`. */
export async function startApp(script: string, { node = process.execPath, nodeOptions = [], env = {} }: AppOptions = {}): Promise<App> {
	const child = spawn(node, [...nodeOptions, script], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
	const exit = once(child, "exit").then(([code, signal]) => ({ code, signal }));
	const output = collect(child);
	const port = await Promise.race([portFrom(child, output), exit.then(() => Promise.reject(new Error(`It ended at once: ${output()}`)))]);
	const { pid } = child;
	if (pid === undefined) throw new Error("It did not start.");
	return {
		pid,
		exit,
		output,
		async get(path) {
			const response = await fetch(`http://127.0.0.1:${port}${path}`);
			const body = await response.text();
			if (!response.ok) throw new Error(body);
			return JSON.parse(body);
		},
		async stop() {
			child.kill("SIGKILL");
			await exit;
		},
	};
}

/** Keeps the last 64 KB. */
function collect(child: ChildProcess): () => string {
	let text = "";
	for (const stream of [child.stdout, child.stderr])
		stream?.on("data", (chunk: Buffer) => {
			text = (text + chunk.toString("utf8")).slice(-65_536);
		});
	return () => text;
}

function portFrom(child: ChildProcess, output: () => string): Promise<number> {
	return new Promise((resolve) => {
		child.stdout?.on("data", () => {
			const port = /listening on (\d+)/.exec(output())?.[1];
			if (port !== undefined) resolve(Number(port));
		});
	});
}
