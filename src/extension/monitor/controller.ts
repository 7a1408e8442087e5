import {
	type AttachTarget,
	type MonitorOptions,
	type NodeProcess,
	type Sample,
	SampleHistory,
	type SessionState,
	type ToDashboard,
} from "../../protocol/index.js";
import type { ConnectMonitor, MonitorPort } from "./port.js";

/** Intervals without a sample after which the next one starts a new line. */
const GAP_INTERVALS = 2.5;

export type SessionChange =
	| Extract<ToDashboard, { type: "state" | "sample" | "baseline" }>
	/** What was recorded is gone. */
	| { readonly type: "cleared" };

/** The one session of this window: keeps what the monitor process tells in bounded memory, and passes it on. */
export class MonitorController {
	readonly #port: MonitorPort;
	readonly #listeners = new Set<(change: SessionChange) => void>();
	#state: SessionState = { kind: "idle" };
	#history = new SampleHistory();
	#intervalMs = Number.POSITIVE_INFINITY;
	/** Whether a line may be drawn from the last sample to the next. */
	#joined = false;

	constructor(connect: ConnectMonitor) {
		this.#port = connect({ state: (state) => this.#setState(state), sample: (sample) => this.#keep(sample) });
	}

	get state(): SessionState {
		return this.#state;
	}

	get history(): SampleHistory {
		return this.#history;
	}

	/** Calls `listener` on every change until the function returned is called. */
	onChange(listener: (change: SessionChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	processes(): Promise<readonly NodeProcess[]> {
		return this.#port.list();
	}

	attach(target: AttachTarget, options: MonitorOptions): void {
		this.#intervalMs = options.intervalMs;
		this.#joined = false;
		this.#setState({ kind: "connecting", step: "Starting" });
		this.#port.attach(target, options);
	}

	detach(): void {
		this.#port.detach();
	}

	/** Forgets what was recorded; the session goes on. */
	clear(): void {
		this.#history = new SampleHistory();
		this.#tell({ type: "cleared" });
	}

	/** Counts changes from the latest sample on. */
	setBaseline(): void {
		const sample = this.#history.latest;
		if (sample === undefined) return;
		this.#history.setBaseline(sample);
		this.#tell({ type: "baseline", sample });
	}

	dispose(): void {
		this.#listeners.clear();
		void this.#port.dispose();
	}

	#keep(sample: Sample): void {
		const previous = this.#history.latest;
		const afterGap = previous !== undefined && !(this.#joined && this.#follows(sample, previous));
		this.#joined = true;
		this.#history.push(sample, afterGap);
		this.#tell({ type: "sample", sample, afterGap });
	}

	#follows(sample: Sample, previous: Sample): boolean {
		return sample.pid === previous.pid && sample.t - previous.t <= GAP_INTERVALS * this.#intervalMs;
	}

	#setState(state: SessionState): void {
		this.#state = state;
		this.#tell({ type: "state", state });
	}

	#tell(change: SessionChange): void {
		for (const listener of this.#listeners) listener(change);
	}
}
