import type { NodeProcess, TargetInfo } from "../../protocol/index.js";

/** The boot time, from which start times are counted, is kept in whole seconds and follows the clock's corrections. */
export const START_TOLERANCE_MS = 1_500;

/** Whether a process is still the one that was seen when `startedAt` was read; a pid alone may belong to another one by now. A time that is not known tells nothing. */
export function isSameProcess({ startedAt }: Pick<NodeProcess, "startedAt">, seen: Pick<NodeProcess, "startedAt">): boolean {
	return startedAt === null || seen.startedAt === null || Math.abs(startedAt - seen.startedAt) <= START_TOLERANCE_MS;
}

/** Whether a target is, or is a thread of, this process of this machine. One of which it is not known when it began runs elsewhere, and may have the same pid. */
export function isTarget(
	process: Pick<NodeProcess, "pid" | "startedAt">,
	{ pid, startedAt }: Pick<TargetInfo, "pid" | "startedAt">,
): boolean {
	return process.pid === pid && startedAt !== undefined && isSameProcess(process, { startedAt });
}
