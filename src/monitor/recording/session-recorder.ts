import type { Note, RecordingOptions, RecordingStatus, Sample, SessionState, TargetInfo } from "../../protocol/index.js";
import { newRecording, recordingPath, trimRecordings } from "./library.js";
import { RecordingWriter } from "./writer.js";

interface Running {
	readonly id: string;
	readonly pid: number;
	readonly writer: RecordingWriter;
}

/** Records what a session tells: a recording per program, from its first live state until another one is watched. Restarts belong to it. */
export class SessionRecorder {
	private options: RecordingOptions | null = null;
	private running: Running | null = null;
	/** The process that took the recorded one's place, as far as the session knows. */
	private successor: number | null = null;
	/** A target that stays silent is told of every few seconds. */
	private lastMark: string | null = null;
	private closing: Promise<void> = Promise.resolve();

	constructor(private readonly tell: (status: RecordingStatus) => void) {}

	/** For the target that is attached to next; null records nothing. */
	begin(options: RecordingOptions | null): void {
		this.options = options;
		this.successor = null;
	}

	state(state: SessionState): void {
		if (state.kind === "live") this.record(state.target);
		if (state.kind === "gone") this.successor = state.successorPid ?? null;
		const text = markOf(state);
		if (text !== null && text !== this.lastMark) this.running?.writer.append({ kind: "mark", t: Date.now(), text });
		this.lastMark = text;
	}

	sample(sample: Sample): void {
		this.lastMark = null;
		this.running?.writer.append({ kind: "sample", sample });
	}

	/** Of a process that has ended, too: its recording is there until another one begins. */
	note({ t, text }: Note): void {
		this.running?.writer.append({ kind: "mark", t, text, note: true });
	}

	async dispose(): Promise<void> {
		this.end();
		await this.closing;
	}

	private record(target: TargetInfo): void {
		if (this.running?.pid === target.pid) return;
		if (this.running !== null && this.successor === target.pid) {
			this.running = { ...this.running, pid: target.pid };
			return;
		}
		this.end();
		if (this.options === null) return;
		const { folder, continues, limitBytes } = this.options;
		const id = continues?.pid === target.pid ? continues.id : newRecording(folder, Date.now(), target);
		const writer = new RecordingWriter(recordingPath(folder, id), target, (problem) => this.tell({ id, problem }));
		this.running = { id, pid: target.pid, writer };
		this.tell({ id, problem: null });
		trimRecordings(folder, limitBytes).catch((error: unknown) => {
			this.tell({ id, problem: `Old recordings could not be deleted: ${error instanceof Error ? error.message : String(error)}` });
		});
	}

	private end(): void {
		const { running, closing } = this;
		this.running = null;
		if (running !== null) this.closing = closing.then(() => running.writer.close());
	}
}

function markOf(state: SessionState): string | null {
	switch (state.kind) {
		case "gone":
		case "silent":
			return state.reason;
		case "detached":
			return "Detached.";
		case "error":
			return state.message;
		default:
			return null;
	}
}
