import type { TargetInfo } from "./monitor.js";

/** How a process or one of its threads is called where there may be several. */
export function targetName({ title, pid, worker }: Pick<TargetInfo, "title" | "pid" | "worker">): string {
	const process = `${title} (pid ${pid})`;
	return worker === undefined ? process : `${process} › ${worker.title} (worker ${worker.id})`;
}
