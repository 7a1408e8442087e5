import { isTarget, type RecordingEntry, type RecordingInfo } from "../../monitor/index.js";
import type { AttachTarget, NodeProcess, RecordingRef, SessionState, TargetInfo, Thresholds } from "../../protocol/index.js";
import type { MonitorController } from "./controller.js";
import type { Remembered } from "./last-sessions.js";

/** A reload takes seconds. What is older was left by closing the window, and nobody expects it to go on by itself. */
const LONGEST_RELOAD_MS = 120_000;

export interface ResumeOptions {
	readonly intervalMs: number;
	readonly thresholds: Thresholds;
	/** The processes of this machine. */
	processes(): Promise<readonly NodeProcess[]>;
	entries(recording: string): AsyncIterable<RecordingEntry>;
	attach(target: AttachTarget, continues: RecordingRef): Promise<unknown>;
}

/**
 * After a reload of the window: shows what was recorded before it, and attaches to the same process again if that still runs. An inspector
 * that a person let us open is opened again; whether it is still the same process, the attaching checks once more.
 */
export async function resume(
	controller: MonitorController,
	{ recording, state }: Pick<Remembered, "recording" | "state">,
	options: ResumeOptions,
): Promise<void> {
	const { intervalMs, thresholds } = options;
	if (!(await controller.recall(recording.id, options.entries(recording.id), intervalMs, thresholds))) return;
	if (state.kind === "gone" || state.kind === "detached") return controller.standStill(state);
	const { target } = state;
	const process = await findAgain(options, target);
	if (controller.state.kind !== "idle") return;
	if (process === null) return controller.standStill(lost(target));
	const { pid, startedAt } = process;
	const again = { kind: "pid", pid, startedAt, mayOpenInspector: target.openedByUs } as const;
	const { worker } = target;
	await options.attach(worker === undefined ? again : { kind: "worker", worker: worker.id, of: again }, recording);
}

/** Whether a recording was written to so lately that the window must have been reloaded since. */
export function isRecent({ writtenAt }: Pick<RecordingInfo, "writtenAt">, now: number): boolean {
	return now - writtenAt <= LONGEST_RELOAD_MS;
}

async function findAgain(options: ResumeOptions, target: TargetInfo): Promise<NodeProcess | null> {
	const processes = await options.processes().catch(() => []);
	return processes.find((process) => isTarget(process, target)) ?? null;
}

function lost(target: TargetInfo): Extract<SessionState, { kind: "gone" }> {
	return { kind: "gone", target, at: Date.now(), reason: "It was not found again after the window was reloaded." };
}
