import { isSameProcess } from "../../monitor/index.js";
import type { NodeProcess, SessionState } from "../../protocol/index.js";
import { editorProcesses, type Host, isReachable, isWithin } from "./pick-items.js";

/** A script that is over by then is nobody's server. */
const YOUNGEST_MS = 3_000;
/** So long the session itself looks for what takes the place of a process that ended. */
const SUCCESSION_MS = 20_000;

/** Whether nothing is watched, and nothing is about to be. */
export function isFree(state: SessionState, now: number): boolean {
	switch (state.kind) {
		case "idle":
		case "detached":
		case "error":
			return true;
		case "gone":
			return now - state.at > SUCCESSION_MS;
		default:
			return false;
	}
}

/** What names a process for ever. */
export type Identity = Pick<NodeProcess, "pid" | "startedAt">;

/**
 * The process of the workspace to attach to without being asked: the youngest that runs in one of its folders, can be attached to and
 * started no other Node process itself, as launchers do. Null when there is none.
 * @param folders paths of the workspace's folders
 * @param declined those that were watched or tried before
 */
export function autoTarget(
	processes: readonly NodeProcess[],
	folders: readonly string[],
	host: Host,
	declined: readonly Identity[],
	now: number,
): NodeProcess | null {
	const editor = editorProcesses(processes, host);
	const launchers = new Set(processes.map(({ parentPid }) => parentPid));
	const fits = (process: NodeProcess) =>
		!editor.has(process) &&
		folders.some((folder) => isWithin(process.cwd, folder)) &&
		!launchers.has(process.pid) &&
		isReachable(process) &&
		process.startedAt !== null &&
		now - process.startedAt >= YOUNGEST_MS &&
		!declined.some((other) => other.pid === process.pid && isSameProcess(process, other));
	return processes.filter(fits).sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0))[0] ?? null;
}
