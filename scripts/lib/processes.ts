/** Child processes that end with the run: each leads a process group of its own, and the whole group is ended. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const TERM_GRACE_MS = 5_000;
const LAST_WORDS = 4_000;

export interface RunOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	/** Called with each piece of output; without it the output is kept for error messages only. */
	readonly onOutput?: (text: string) => void;
}

export class ProcessGroup {
	private tail = "";
	private readonly ended: Promise<number>;

	constructor(
		readonly command: string,
		readonly child: ChildProcess,
		onOutput?: (text: string) => void,
	) {
		const keep = (chunk: Buffer) => {
			const text = chunk.toString("utf8");
			this.tail = (this.tail + text).slice(-LAST_WORDS);
			onOutput?.(text);
		};
		child.stdout?.on("data", keep);
		child.stderr?.on("data", keep);
		this.ended = new Promise((resolve) => {
			child.once("error", (error) => {
				this.tail += error.message;
				resolve(127);
			});
			child.once("close", (code) => resolve(code ?? 1));
		});
		const killNow = () => this.signal("SIGKILL");
		process.once("exit", killNow);
		void this.ended.then(() => process.off("exit", killNow));
	}

	/** The exit code; 1 when a signal ended the process, 127 when it could not be started. */
	exit(): Promise<number> {
		return this.ended;
	}

	lastWords(): string {
		return this.tail.trim();
	}

	isRunning(): boolean {
		return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
	}

	/** Ends the whole group; safe to call twice. */
	async stop(): Promise<void> {
		this.signal("SIGTERM");
		await Promise.race([this.groupIsGone(), sleep(TERM_GRACE_MS, undefined, { ref: false })]);
		this.signal("SIGKILL");
		if (this.isRunning()) await once(this.child, "exit");
	}

	private async groupIsGone(): Promise<void> {
		while (this.signal(0)) await sleep(50);
	}

	private signal(signal: NodeJS.Signals | 0): boolean {
		const { pid } = this.child;
		if (pid === undefined) return false;
		try {
			return process.kill(-pid, signal);
		} catch {
			return false;
		}
	}
}

export function start(command: string, args: readonly string[], options: RunOptions = {}): ProcessGroup {
	const spawnOptions: SpawnOptions = { stdio: ["ignore", "pipe", "pipe"], detached: true };
	if (options.cwd !== undefined) spawnOptions.cwd = options.cwd;
	if (options.env !== undefined) spawnOptions.env = options.env;
	return new ProcessGroup([command, ...args].join(" "), spawn(command, args, spawnOptions), options.onOutput);
}

/** Runs to the end. Rejects with the command's last output when it fails. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<void> {
	const group = start(command, args, options);
	const code = await group.exit();
	if (code !== 0) throw new Error(`"${group.command}" ended with ${code}:\n${group.lastWords()}`);
}
