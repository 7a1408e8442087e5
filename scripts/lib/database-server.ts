/** What running a real database server in a temporary folder takes, whichever it is. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { chown, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

export interface Account {
	readonly uid: number;
	readonly gid: number;
}

/** Where a server keeps its files, and as whom it runs. */
export interface ServerHome {
	readonly folder: string;
	/** Databases refuse to run as root; then it is `nobody`. */
	readonly account: Account | undefined;
}

/** Makes a folder that the server may write to and starts one there; when that fails nothing is left behind. */
export async function startServerIn<T>(name: string, start: (home: ServerHome) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), `leak-lens-${name}-`));
	try {
		const account = await unprivilegedAccount();
		if (account) await chown(folder, account.uid, account.gid);
		return await start({ folder, account });
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
}

async function unprivilegedAccount(): Promise<Account | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const users = await readFile("/etc/passwd", "utf8");
	const [, , uid = "65534", gid = "65534"] = /^nobody:.*$/m.exec(users)?.[0].split(":") ?? [];
	return { uid: Number(uid), gid: Number(gid) };
}

interface Launched {
	readonly process: ChildProcess;
	/** The last lines the program wrote. */
	lastWords(): string;
}

function launch(program: string, args: readonly string[], account: Account | undefined): Launched {
	const child = spawn(program, args, {
		stdio: ["ignore", "pipe", "pipe"],
		env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
		cwd: tmpdir(),
		...account,
	});
	let tail = "";
	const keep = (chunk: Buffer) => {
		tail = (tail + chunk.toString("utf8")).slice(-2_000);
	};
	child.stdout?.on("data", keep);
	child.stderr?.on("data", keep);
	child.on("error", (error) => keep(Buffer.from(error.message)));
	return { process: child, lastWords: () => tail.trim() };
}

/** Runs one of the server's programs to its end. Rejects with its last words when it fails. */
export async function runAs(account: Account | undefined, program: string, args: readonly string[]): Promise<void> {
	const started = launch(program, args, account);
	const [code] = await once(started.process, "close");
	if (code !== 0) throw new Error(`${program} ended with ${code}: ${started.lastWords()}`);
}

/** A server's process, which ends with this one, and its files with it. */
export class ServerProcess {
	private readonly launched: Launched;
	private readonly endNow = () => {
		this.launched.process.kill("SIGKILL");
		rmSync(this.home.folder, { recursive: true, force: true });
	};

	constructor(
		private readonly home: ServerHome,
		private readonly program: string,
		args: readonly string[],
		/** Asks it to end at once, its clients' sessions included. */
		private readonly stopSignal: NodeJS.Signals,
	) {
		this.launched = launch(program, args, home.account);
		process.once("exit", this.endNow);
	}

	/** Tries until the server lets a connection in. Rejects with its last words when it does not come up. */
	async connect<T>(attempt: () => Promise<T>): Promise<T> {
		const deadline = Date.now() + START_TIMEOUT_MS;
		for (;;) {
			try {
				return await attempt();
			} catch (cause) {
				if (this.hasEnded() || Date.now() > deadline)
					throw new Error(`${this.program} did not start: ${this.launched.lastWords()}`, { cause });
				await sleep(50);
			}
		}
	}

	/** Ends the server and removes its files; safe to call twice. */
	async stop(): Promise<void> {
		const server = this.launched.process;
		if (!this.hasEnded()) {
			const closed = once(server, "close");
			server.kill(this.stopSignal);
			const late = setTimeout(() => server.kill("SIGKILL"), STOP_TIMEOUT_MS);
			await closed;
			clearTimeout(late);
		}
		process.off("exit", this.endNow);
		await rm(this.home.folder, { recursive: true, force: true, maxRetries: 5 });
	}

	private hasEnded(): boolean {
		const { exitCode, signalCode } = this.launched.process;
		return exitCode !== null || signalCode !== null;
	}
}
