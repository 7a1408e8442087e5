import type {
	AttachTarget,
	HeapProfileOutcome,
	Level,
	LevelState,
	MonitorOptions,
	NativeMemoryOutcome,
	NodeProcess,
	Sample,
	SessionState,
	WorkerInfo,
} from "../protocol/index.js";
import { targetName } from "../protocol/index.js";
import type { ProcessLister } from "./discovery/index.js";
import { isSameProcess } from "./discovery/same-process.js";
import { PROFILED_ALREADY, profileHeap } from "./heap-profile/profile-heap.js";
import { attach } from "./inspector/attach.js";
import type { Attachment } from "./inspector/attachment.js";
import type { Closing } from "./inspector/connection.js";
import { Levels } from "./levels/levels.js";
import { readNativeMemory } from "./native-memory/read.js";
import { Sampler } from "./sampler.js";
import { SessionGroup } from "./session-group.js";
import { errorState, reasonOfLoss, type StateOf, violationState } from "./session-states.js";
import { Successors } from "./successor.js";
import { waitFor } from "./wait-for.js";

export interface SessionListener {
	state(state: SessionState): void;
	sample(sample: Sample): void;
	/** Where every level of the attached process stands; empty when nothing is attached. */
	levels(levels: readonly LevelState[]): void;
}

interface Watch {
	readonly attachment: Attachment;
	readonly wish: Wish;
	readonly sampler: Sampler;
	readonly levels: Levels;
	readonly since: number;
	silent: boolean;
}

/** What was asked for, which also holds for the processes that take the target's place. */
interface Wish {
	readonly options: MonitorOptions;
	readonly mayOpenInspector: boolean;
	readonly successors: Successors;
}

const END_TIMEOUT_MS = 1_000;

/** Watches one target at a time, from attaching to its end, and through its restarts. Everything it has to say comes as a state; its methods never reject. */
export class MonitorSession {
	private watch: Watch | null = null;
	/** Changes with every attach and detach, so that what was begun before is told from what is wanted now. */
	private turn = {};
	private databaseUrl: string | null = null;
	/** V8 takes a second start for the first one, so the second has to be refused before it is begun. */
	private profiling = false;
	private leaving: Promise<void> = Promise.resolve();
	private readonly unfinished = new Set<Promise<unknown>>();

	constructor(
		private readonly lister: ProcessLister,
		private readonly listener: SessionListener,
		private readonly group = new SessionGroup(),
	) {}

	/** Leaves the present target, then attaches to another one. Resolves when it is live, or the attempt has failed or was given up. */
	async attach(target: AttachTarget, options: MonitorOptions): Promise<void> {
		const turn = this.begin();
		await this.leave();
		if (turn !== this.turn) return;
		const mayOpenInspector = target.kind === "pid" && target.mayOpenInspector;
		const failure = await this.track(this.tryAttach(target, { options, mayOpenInspector, successors: new Successors(this.lister) }, turn));
		if (failure !== null && turn === this.turn) this.listener.state(failure);
	}

	/** Leaves the target as it was found. Gives up an attempt to attach that is under way. */
	async detach(): Promise<void> {
		const watched = this.watch;
		const turn = this.begin();
		await this.leave();
		// Leaving takes a while, and something else may have been attached to meanwhile.
		if (turn !== this.turn) return;
		if (watched) this.listener.state({ kind: "detached", target: watched.attachment.target, at: Date.now() });
		else this.listener.state({ kind: "idle" });
	}

	/** Turns a level of the attached process on or off; what comes of it is told to the listener. */
	async setLevel(level: Level, on: boolean): Promise<void> {
		await this.watch?.levels.set(level, on);
	}

	/** Which functions allocate, in the seconds to come, what the attached process then still holds. */
	async profileHeap(seconds: number): Promise<HeapProfileOutcome> {
		if (!this.watch) return { kind: "failed", message: "Nothing is attached." };
		if (this.profiling) return { kind: "failed", message: PROFILED_ALREADY };
		this.profiling = true;
		return profileHeap(this.watch.attachment, seconds).finally(() => {
			this.profiling = false;
		});
	}

	/** What the native memory of the attached process is made of. */
	async readNativeMemory(): Promise<NativeMemoryOutcome> {
		if (!this.watch) return { kind: "failed", message: "Nothing is attached." };
		const { process, target } = this.watch.attachment;
		if (process !== null) return readNativeMemory(target.pid);
		return { kind: "failed", message: "Native memory can only be read where the process runs: attach to it by its pid on that machine." };
	}

	/** The worker threads of the attached process, the oldest first; none while nothing is attached, or it does not tell. */
	async workers(): Promise<readonly WorkerInfo[]> {
		return this.watch?.attachment.workers().catch(() => []) ?? [];
	}

	/** What the level `database` connects with from now on; null forgets it. */
	setDatabaseUrl(url: string | null): void {
		this.databaseUrl = url;
	}

	/** Detaches and waits until nothing of ours is left in any target. */
	async dispose(): Promise<void> {
		this.begin();
		await this.leave();
		await Promise.all(this.unfinished);
	}

	private begin(): object {
		this.turn = {};
		return this.turn;
	}

	private async track<T>(work: Promise<T>): Promise<T> {
		this.unfinished.add(work);
		return work.finally(() => this.unfinished.delete(work));
	}

	/** Also waits for a leaving that is under way: an inspector that closes in a moment still looks open. */
	private async leave(): Promise<void> {
		const watched = this.watch;
		this.watch = null;
		if (watched) {
			watched.sampler.stop();
			watched.levels.dispose();
			this.listener.levels([]);
			this.leaving = this.track(watched.attachment.release());
		}
		await this.leaving;
	}

	/** @returns why it failed; null when the target is live, or nobody wants it any more */
	private async tryAttach(target: AttachTarget, wish: Wish, turn: object): Promise<StateOf<"error"> | null> {
		const step = (step: string) => {
			if (turn === this.turn) this.listener.state({ kind: "connecting", step });
		};
		try {
			const attachment = await attach(target, wish.options, this.lister, step, this.group);
			if (turn === this.turn) await this.follow(attachment, wish, turn);
			else await attachment.release();
			return null;
		} catch (error) {
			return errorState(error);
		}
	}

	private async follow(attachment: Attachment, wish: Wish, turn: object): Promise<void> {
		const levels = new Levels(
			attachment,
			wish.options.slowQueryMs,
			() => this.databaseUrl,
			(states) => {
				if (turn === this.turn) this.listener.levels(states);
			},
		);
		const sampler = await Sampler.create(attachment, levels, wish.options, {
			sample: (sample) => this.showSample(watch, sample),
			silent: (since) => void this.showSilent(watch, since),
			failed: (error) => void this.giveUp(watch, error),
		});
		const watch: Watch = { attachment, wish, sampler, levels, since: Date.now(), silent: false };
		if (turn !== this.turn) return attachment.release();
		this.watch = watch;
		this.listener.state({ kind: "live", target: attachment.target, since: watch.since });
		attachment.ended.then((closing) => this.showEnd(watch, closing));
		sampler.start();
	}

	private showSample(watch: Watch, sample: Sample): void {
		if (watch.silent) this.listener.state({ kind: "live", target: watch.attachment.target, since: watch.since });
		watch.silent = false;
		this.listener.sample(sample);
	}

	private async showSilent(watch: Watch, since: number): Promise<void> {
		const { target, process } = watch.attachment;
		const vitality = process ? await this.lister.vitality(target.pid) : "unknown";
		if (watch !== this.watch || vitality === "ended") return;
		watch.silent = true;
		const reason = vitality === "stopped" ? "The process is stopped (SIGSTOP)." : "The process does not answer: its event loop is blocked.";
		this.listener.state({ kind: "silent", target, since, reason });
	}

	private async giveUp(watch: Watch, error: unknown): Promise<void> {
		if (watch !== this.watch) return;
		const { turn } = this;
		const name = targetName(watch.attachment.target);
		await this.leave();
		if (turn !== this.turn) return;
		this.listener.state({
			kind: "error",
			message: `${name} answers with something that is no measurement.`,
			action: "Check that the address is that of a Node process, and attach again.",
			detail: String(error),
		});
	}

	private async showEnd(watch: Watch, closing: Closing): Promise<void> {
		if (watch !== this.watch) return;
		this.watch = null;
		watch.sampler.stop();
		watch.levels.dispose();
		this.listener.levels([]);
		const turn = this.turn;
		const at = Date.now();
		const { target, process } = watch.attachment;
		if (closing.kind === "violation") return this.listener.state(violationState(target, closing.detail));
		if (target.worker !== undefined) return this.showEndOfWorker(watch, closing, at);
		const ended = process !== null && (closing.kind === "exiting" || (await this.endsSoon(process)));
		if (turn !== this.turn) return;
		const state = { kind: "gone", target, at, reason: ended ? "The process ended." : reasonOfLoss(target, process, closing) } as const;
		this.listener.state(state);
		if (ended) await this.attachToSuccessor(process, state, watch.wish, turn);
	}

	/** The number of a worker is never used again, and what starts another one decides what that is for: none takes its place. */
	private async showEndOfWorker({ attachment }: Watch, closing: Closing, at: number): Promise<void> {
		const { target } = attachment;
		const turn = this.turn;
		await this.track(attachment.release());
		if (turn !== this.turn) return;
		const reason = closing.kind === "exiting" ? "The worker ended." : "The connection to the worker's process was lost.";
		this.listener.state({ kind: "gone", target, at, reason });
	}

	/** One that ends before it is attached to is followed by the next; one that cannot be attached to is named. */
	private async attachToSuccessor(ended: NodeProcess, gone: StateOf<"gone">, wish: Wish, turn: object): Promise<void> {
		const { mayOpenInspector, successors } = wish;
		const successor = await successors.next(ended, Date.now(), () => turn === this.turn);
		if (successor === null) return;
		const { pid, startedAt } = successor;
		const restarted = { ...gone, reason: "The process was restarted.", successorPid: pid };
		this.listener.state(restarted);
		const failure = await this.track(this.tryAttach({ kind: "pid", pid, startedAt, mayOpenInspector }, wish, turn));
		if (failure === null || turn !== this.turn) return;
		if (await this.hasEnded(successor)) return this.attachToSuccessor(successor, gone, wish, turn);
		this.listener.state({ ...restarted, reason: `${restarted.reason} ${failure.message} ${failure.action}` });
	}

	private async endsSoon(process: NodeProcess): Promise<boolean> {
		return (await waitFor(async () => ((await this.hasEnded(process)) ? true : null), END_TIMEOUT_MS)) !== null;
	}

	private async hasEnded(process: NodeProcess): Promise<boolean> {
		if ((await this.lister.vitality(process.pid)) === "ended") return true;
		const now = await this.lister.find(process.pid);
		return now !== null && !isSameProcess(now, process);
	}
}
