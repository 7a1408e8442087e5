import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
	type AttachTarget,
	type HeapProfileOutcome,
	isMonitorEvent,
	type Level,
	type LevelState,
	type MonitorEvent,
	type MonitorOptions,
	type MonitorRequest,
	type NativeMemoryOutcome,
	type NodeProcess,
	type RecordingStatus,
	type Sample,
	type SessionState,
} from "../protocol/index.js";
import { Answers } from "./answers.js";
import { forkProgram } from "./fork-program.js";

export interface MonitorListener {
	state(state: SessionState): void;
	sample(sample: Sample): void;
	recording?(status: RecordingStatus): void;
	/** Where every level of the attached process stands; empty when nothing is attached. */
	levels(levels: readonly LevelState[]): void;
	/** Lines the monitor process wrote, for a log. */
	log?(text: string): void;
}

interface PendingList {
	resolve(processes: readonly NodeProcess[]): void;
	reject(error: Error): void;
}

const LIST_TIMEOUT_MS = 15_000;
const END_TIMEOUT_MS = 4_000;

/** A door's handle on the monitor process. The process is started by the first request, and again by the next one after it died. */
export class MonitorClient {
	private child: ChildProcess | null = null;
	private readonly lists = new Map<number, PendingList>();
	private readonly profiles = new Answers<HeapProfileOutcome>();
	private readonly nativeReadings = new Answers<NativeMemoryOutcome>();
	private lastId = 0;
	private attached = false;

	constructor(
		/** Path of `dist/monitor.js`. */
		private readonly program: string,
		private readonly listener: MonitorListener,
	) {}

	/** The Node processes of this machine. Rejects with a message for people. */
	async list(): Promise<readonly NodeProcess[]> {
		const id = ++this.lastId;
		const answer = new Promise<readonly NodeProcess[]>((resolve, reject) => this.lists.set(id, { resolve, reject }));
		const late = setTimeout(
			() => this.settleList(id, (list) => list.reject(new Error("The list of processes did not come in time."))),
			LIST_TIMEOUT_MS,
		);
		this.send({ type: "list", id });
		return answer.finally(() => clearTimeout(late));
	}

	/** Leaves the present target and attaches to another; what comes of it is told by states. */
	attach(target: AttachTarget, options: MonitorOptions): void {
		this.attached = true;
		this.send({ type: "attach", target, options });
	}

	detach(): void {
		if (this.child) this.send({ type: "detach" });
	}

	/** Turns a level of the attached process on or off; what comes of it is told by `levels`. */
	setLevel(level: Level, on: boolean): void {
		if (this.child) this.send({ type: "level", level, on });
	}

	/** Which functions allocate, in the seconds to come, what the attached process then still holds. Never rejects. */
	async profileHeap(seconds: number): Promise<HeapProfileOutcome> {
		if (!this.child) return { kind: "failed", message: "Nothing is attached." };
		const id = ++this.lastId;
		const outcome = this.profiles.to(id);
		this.send({ type: "heapProfile", id, seconds });
		return outcome;
	}

	/** What the native memory of the attached process is made of. Never rejects. */
	async readNativeMemory(): Promise<NativeMemoryOutcome> {
		if (!this.child) return { kind: "failed", message: "Nothing is attached." };
		const id = ++this.lastId;
		const outcome = this.nativeReadings.to(id);
		this.send({ type: "nativeMemory", id });
		return outcome;
	}

	/** What the level `database` connects with; null forgets it. */
	setDatabaseUrl(url: string | null): void {
		if (this.child) this.send({ type: "databaseUrl", url });
	}

	/** Ends the monitor process; it detaches from its target first. Resolves when it is gone. */
	async dispose(): Promise<void> {
		const child = this.child;
		if (!child) return;
		this.forget("The monitor was closed.");
		const gone = once(child, "exit");
		child.disconnect();
		const late = setTimeout(() => child.kill("SIGKILL"), END_TIMEOUT_MS);
		await gone;
		clearTimeout(late);
	}

	private send(request: MonitorRequest): void {
		this.child ??= this.start();
		this.child.send(request, () => {});
	}

	private start(): ChildProcess {
		const child = forkProgram(this.program);
		for (const stream of [child.stdout, child.stderr])
			stream?.on("data", (chunk: Buffer) => this.listener.log?.(chunk.toString("utf8").trimEnd()));
		child.on("message", (message: unknown) => this.receive(child, message));
		child.on("error", (error) => this.died(child, error.message));
		child.on("exit", (code, signal) => this.died(child, `ended with ${signal ?? `code ${code}`}`));
		return child;
	}

	private receive(child: ChildProcess, message: unknown): void {
		if (child !== this.child) return;
		if (isMonitorEvent(message)) this.dispatch(message);
		else this.listener.log?.("The monitor process sent something that is no event; it is passed over.");
	}

	private dispatch(event: MonitorEvent): void {
		switch (event.type) {
			case "processes":
				this.settleList(event.id, (list) => list.resolve(event.processes));
				break;
			case "listFailed":
				this.settleList(event.id, (list) => list.reject(new Error(event.message)));
				break;
			case "state":
				this.attached = event.state.kind === "live" || event.state.kind === "silent" || event.state.kind === "connecting";
				this.listener.state(event.state);
				break;
			case "sample":
				this.listener.sample(event.sample);
				break;
			case "recording":
				this.listener.recording?.(event.status);
				break;
			case "heapProfile":
				this.profiles.settle(event.id, event.outcome);
				break;
			case "nativeMemory":
				this.nativeReadings.settle(event.id, event.outcome);
				break;
			case "levels":
				this.listener.levels(event.levels);
				break;
		}
	}

	private settleList(id: number, settle: (list: PendingList) => void): void {
		const list = this.lists.get(id);
		this.lists.delete(id);
		if (list) settle(list);
	}

	private died(child: ChildProcess, detail: string): void {
		if (child !== this.child) return;
		const wasAttached = this.attached;
		this.forget("The monitor process ended.");
		if (!wasAttached) return;
		this.listener.levels([]);
		this.listener.state({
			kind: "error",
			message: "The monitor process ended unexpectedly; the watched process runs on.",
			action: "Attach again.",
			detail,
		});
	}

	private forget(reason: string): void {
		this.child = null;
		this.attached = false;
		for (const id of [...this.lists.keys()]) this.settleList(id, (list) => list.reject(new Error(reason)));
		this.profiles.settleAll({ kind: "failed", message: reason });
		this.nativeReadings.settleAll({ kind: "failed", message: reason });
	}
}
