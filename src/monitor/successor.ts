import { setTimeout as sleep } from "node:timers/promises";
import type { NodeProcess } from "../protocol/index.js";
import type { ProcessLister } from "./discovery/index.js";
import { START_TOLERANCE_MS } from "./discovery/same-process.js";

const ATTEMPTS = 10;
const PAUSE_MS = 1_000;

/** The process that took an ended one's place: same script, same folder, started since. Looks for 10 s as long as that is still wanted. */
export async function findSuccessor(
	ended: NodeProcess,
	endedAt: number,
	lister: ProcessLister,
	isWanted: () => boolean,
): Promise<NodeProcess | null> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		await sleep(PAUSE_MS, undefined, { ref: false });
		if (!isWanted()) return null;
		const processes = await lister.list().catch(() => []);
		const successor = processes.find((other) => follows(other, ended, endedAt));
		if (successor && isWanted()) return successor;
	}
	return null;
}

function follows(other: NodeProcess, ended: NodeProcess, endedAt: number): boolean {
	const sameProgram = other.pid !== ended.pid && other.title === ended.title && other.cwd === ended.cwd;
	return sameProgram && other.startedAt !== null && other.startedAt >= endedAt - START_TOLERANCE_MS;
}
