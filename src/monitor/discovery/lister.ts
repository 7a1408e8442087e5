import type { NodeProcess } from "../../protocol/index.js";

/** What the system itself says of a process; `unknown` for one that does not run on this machine. */
export type Vitality = "running" | "stopped" | "ended" | "unknown";

/** The Node processes of this machine: one class per platform. */
export interface ProcessLister {
	/** All of them but our own. Rejects with a message for people when the system gives no list. */
	list(): Promise<readonly NodeProcess[]>;

	/** One process afresh, or null when no Node process has this id. */
	find(pid: number): Promise<NodeProcess | null>;

	vitality(pid: number): Promise<Vitality>;

	/** TCP ports the process listens on; null when the system does not say. */
	listeningPorts(pid: number): Promise<readonly number[] | null>;

	/** The port that a signal would open the inspector on. */
	signalPort(pid: number): Promise<number>;

	/** Asks the process by the platform's signal to open its inspector. Only for a process that `find` has just called openable. */
	signalInspector(pid: number): void;
}
