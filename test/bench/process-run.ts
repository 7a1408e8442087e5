import { spawnSync } from "node:child_process";

export interface ProcessRun {
	/** From start to end, what the system needs to start it included. */
	readonly ms: number;
	readonly output: string;
}

/** Runs a Node program to its end. @throws when it ends with a code above `maxCode`: 1 means that something was found. */
export function runNode(argv: readonly string[], cwd: string, maxCode = 0): ProcessRun {
	const started = performance.now();
	const { status, stdout, stderr, error } = spawnSync(process.execPath, argv, { cwd, encoding: "utf8", maxBuffer: 1e9 });
	const ms = performance.now() - started;
	if (error) throw error;
	if (status === null || status > maxCode) throw new Error(`node ${argv.join(" ")} ended with ${status}:\n${stderr}`);
	return { ms, output: stdout };
}
