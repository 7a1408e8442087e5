import type {
	AttachTarget,
	HeapProfileOutcome,
	Level,
	LevelState,
	MonitorOptions,
	NativeMemoryOutcome,
	Note,
	RecordingStatus,
	Sample,
	SessionEvent,
	SessionRequest,
	SessionState,
	WorkerInfo,
} from "../protocol/index.js";
import { Answers } from "./answers.js";

export interface MonitorListener {
	state(state: SessionState): void;
	sample(sample: Sample): void;
	recording?(status: RecordingStatus): void;
	/** Where every level of the attached process stands; empty when nothing is attached. */
	levels(levels: readonly LevelState[]): void;
}

/** The way to the monitor process. */
interface Channel {
	/** Starts the process when it does not run. */
	request(request: SessionRequest): void;
	/** @returns whether the process runs */
	requestIfRunning(request: SessionRequest): boolean;
	closed(): void;
}

/** One session of the monitor process, as a door holds it. */
export class ClientSession {
	private readonly profiles = new Answers<HeapProfileOutcome>();
	private readonly nativeReadings = new Answers<NativeMemoryOutcome>();
	private readonly lists = new Answers<readonly WorkerInfo[]>();
	private lastId = 0;
	private attached = false;

	constructor(
		private readonly listener: MonitorListener,
		private readonly channel: Channel,
	) {}

	/** Leaves the present target and attaches to another; what comes of it is told by states. */
	attach(target: AttachTarget, options: MonitorOptions): void {
		this.attached = true;
		this.channel.request({ type: "attach", target, options });
	}

	detach(): void {
		this.channel.requestIfRunning({ type: "detach" });
	}

	/** Turns a level of the attached process on or off; what comes of it is told by `levels`. */
	setLevel(level: Level, on: boolean): void {
		this.channel.requestIfRunning({ type: "level", level, on });
	}

	/** Which functions allocate, in the seconds to come, what the attached process then still holds. Never rejects. */
	async profileHeap(seconds: number): Promise<HeapProfileOutcome> {
		const id = ++this.lastId;
		const outcome = this.profiles.to(id);
		if (!this.channel.requestIfRunning({ type: "heapProfile", id, seconds })) this.giveUp("Nothing is attached.");
		return outcome;
	}

	/** What the native memory of the attached process is made of. Never rejects. */
	async readNativeMemory(): Promise<NativeMemoryOutcome> {
		const id = ++this.lastId;
		const outcome = this.nativeReadings.to(id);
		if (!this.channel.requestIfRunning({ type: "nativeMemory", id })) this.giveUp("Nothing is attached.");
		return outcome;
	}

	/** The worker threads of the attached process, the oldest first; none while nothing is attached, or it does not tell. Never rejects. */
	async workers(): Promise<readonly WorkerInfo[]> {
		const id = ++this.lastId;
		const answer = this.lists.to(id);
		if (!this.channel.requestIfRunning({ type: "workers", id })) this.giveUp("Nothing is attached.");
		return answer;
	}

	/** Writes the reader's own words into the recording, where there is one. */
	note(note: Note): void {
		this.channel.requestIfRunning({ type: "note", note });
	}

	/** What the level `database` connects with; null forgets it. */
	setDatabaseUrl(url: string | null): void {
		this.channel.requestIfRunning({ type: "databaseUrl", url });
	}

	/** Detaches, and ends the session. Nothing is told of it any more. */
	close(): void {
		this.channel.requestIfRunning({ type: "close" });
		this.giveUp("The session was closed.");
		this.channel.closed();
	}

	receive(event: SessionEvent): void {
		switch (event.type) {
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
			case "workers":
				this.lists.settle(event.id, event.workers);
				break;
			case "levels":
				this.listener.levels(event.levels);
				break;
		}
	}

	/** Answers all that is still waited for. */
	giveUp(message: string): void {
		this.profiles.settleAll({ kind: "failed", message });
		this.nativeReadings.settleAll({ kind: "failed", message });
		this.lists.settleAll([]);
	}

	/** The monitor process ended without being asked to. */
	lost(detail: string): void {
		if (!this.attached) return;
		this.attached = false;
		this.listener.levels([]);
		this.listener.state({
			kind: "error",
			message: "The monitor process ended unexpectedly; the watched process runs on.",
			action: "Attach again.",
			detail,
		});
	}
}
