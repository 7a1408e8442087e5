import type { ProcessTarget } from "../protocol/index.js";
import type { Command } from "./monitor-command.js";
import { type ProcessListener, WatchedProcess } from "./watched-process.js";

/** Threads may come and go with every request. */
const LOOK_EVERY_MS = 2_000;

/** The worker threads of one process that the command line watches, those that come later, too. They end without a word for the exit code. */
export class WatchedWorkers {
	private readonly watched = new Map<number, WatchedProcess>();
	/** Numbers of those in the latest list, one that could not be attached to among them. */
	private known: ReadonlySet<number> = new Set();
	private timer: NodeJS.Timeout | undefined;
	private looking: Promise<void> = Promise.resolve();
	private isOver = false;

	constructor(
		private readonly process: WatchedProcess,
		private readonly of: ProcessTarget,
		private readonly command: Command,
		private readonly listener: ProcessListener,
	) {}

	start(): void {
		if (!this.isOver) this.looking = this.look();
	}

	detach(): void {
		this.isOver = true;
		clearTimeout(this.timer);
		for (const worker of this.watched.values()) worker.detach();
	}

	async dispose(): Promise<void> {
		this.detach();
		await this.looking;
		await Promise.all([...this.watched.values()].map((worker) => worker.dispose()));
	}

	private async look(): Promise<void> {
		const ids = (await this.process.workers()).map(({ id }) => id);
		const before = this.known;
		this.known = new Set(ids);
		for (const id of ids) if (!before.has(id) && !this.watched.has(id)) await this.watch(id);
		if (this.isOver) return;
		this.timer = setTimeout(() => this.start(), LOOK_EVERY_MS);
		this.timer.unref();
	}

	private async watch(id: number): Promise<void> {
		if (this.isOver) return;
		const worker = new WatchedProcess({ kind: "worker", worker: id, of: this.of }, this.command, this.listener);
		this.watched.set(id, worker);
		void worker.over.then(() => worker.dispose()).then(() => this.watched.delete(id));
		await worker.attach();
	}
}
