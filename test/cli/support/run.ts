import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

export interface Ran {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs the command line from its sources, in a process of its own. */
export async function runCli(...args: readonly string[]): Promise<Ran> {
	const child = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...args], {
		env: { ...process.env, NO_COLOR: "1" },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
	return { code, stdout, stderr };
}
