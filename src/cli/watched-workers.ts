import type { ProcessTarget } from "../protocol/index.js";
import type { Command } from "./monitor-command.js";
import { type ProcessListener, WatchedProcess } from "./watched-process.js";

/** Threads may come and go with every request. */
const LOOK_EVERY_MS = 2_000;

/** The worker threads of one process that the command line watches, those that come later, too. They end without a word for the exit code. */
export class WatchedWorkers {
	private readonly watched = new Map<number, WatchedProcess>();
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
		for (const { id } of await this.process.workers()) {
			if (this.isOver || this.watched.has(id)) continue;
			const worker = new WatchedProcess({ kind: "worker", worker: id, of: this.of }, this.command, this.listener);
			this.watched.set(id, worker);
			await worker.attach();
		}
		if (this.isOver) return;
		this.timer = setTimeout(() => this.start(), LOOK_EVERY_MS);
		this.timer.unref();
	}
}
