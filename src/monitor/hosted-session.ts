import type { SessionEvent, SessionRequest } from "../protocol/index.js";
import type { ProcessLister } from "./discovery/index.js";
import { SessionRecorder } from "./recording/session-recorder.js";
import { MonitorSession, type SessionListener } from "./session.js";
import type { SessionGroup } from "./session-group.js";

/** One session of the monitor process with its recording, from requests to events. */
export class HostedSession {
	private readonly recorder: SessionRecorder;
	private readonly session: MonitorSession;

	constructor(
		lister: ProcessLister,
		group: SessionGroup,
		private readonly send: (event: SessionEvent) => void,
	) {
		this.recorder = new SessionRecorder((status) => send({ type: "recording", status }));
		const listener: SessionListener = {
			state: (state) => {
				this.recorder.state(state);
				send({ type: "state", state });
			},
			sample: (sample) => {
				this.recorder.sample(sample);
				send({ type: "sample", sample });
			},
			levels: (levels) => send({ type: "levels", levels }),
		};
		this.session = new MonitorSession(lister, listener, group);
	}

	async handle(request: Exclude<SessionRequest, { type: "close" }>): Promise<void> {
		switch (request.type) {
			case "attach":
				this.recorder.begin(request.options.recording ?? null);
				return this.session.attach(request.target, request.options);
			case "detach":
				return this.session.detach();
			case "level":
				return this.session.setLevel(request.level, request.on);
			case "heapProfile":
				return this.send({ type: "heapProfile", id: request.id, outcome: await this.session.profileHeap(request.seconds) });
			case "nativeMemory":
				return this.send({ type: "nativeMemory", id: request.id, outcome: await this.session.readNativeMemory() });
			case "workers":
				return this.send({ type: "workers", id: request.id, workers: await this.session.workers() });
			case "note":
				return this.recorder.note(request.note);
			case "databaseUrl":
				return this.session.setDatabaseUrl(request.url);
		}
	}

	/** Detaches; resolves when nothing of ours is left in the target, and all is recorded. */
	async dispose(): Promise<void> {
		await this.session.dispose();
		await this.recorder.dispose();
	}
}
