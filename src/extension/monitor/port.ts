import type { AttachTarget, MonitorOptions, NodeProcess, Sample, SessionState } from "../../protocol/index.js";

/** What the extension needs of the monitor process, which is started when it is first asked for something. */
export interface MonitorPort {
	/** Node processes of this machine. Rejects with a message for people. */
	list(): Promise<readonly NodeProcess[]>;
	attach(target: AttachTarget, options: MonitorOptions): void;
	/** Leaves the target as it was found, or gives up an attempt to attach. */
	detach(): void;
	/** Detaches and ends the monitor process. */
	dispose(): Promise<void>;
}

export interface MonitorEvents {
	state(state: SessionState): void;
	sample(sample: Sample): void;
}

export type ConnectMonitor = (events: MonitorEvents) => MonitorPort;
