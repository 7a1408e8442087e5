import type { NodeProcess } from "../protocol/index.js";
import type { ProcessLister } from "./discovery/index.js";
import { START_TOLERANCE_MS } from "./discovery/same-process.js";
import { EVALUATED } from "./discovery/title.js";

const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** In a crash loop, between the end of one process and the first look for the next. */
const LONGEST_WAIT_MS = 30_000;
/** A process that lived for less was no success. */
const SHORT_LIFE_MS = 10_000;
/** A supervisor starts the next process within seconds; a watcher that waits for an edited file may take minutes, but is there. */
const PATIENCE_MS = 10_000;
const PATIENCE_WITH_PARENT_MS = 600_000;

/** Finds the processes that take an ended one's place: same script, same folder, started since. Looks the later the shorter they live. */
export class Successors {
	private shortLives = 0;

	constructor(private readonly lister: ProcessLister) {}

	/**
	 * The process that follows `ended`, once its inspector is open or could be opened; null when none comes, or `isWanted` says no.
	 * @param endedAt milliseconds since the epoch
	 */
	async next(ended: NodeProcess, endedAt: number, isWanted: () => boolean): Promise<NodeProcess | null> {
		const lived = endedAt - (ended.startedAt ?? 0);
		this.shortLives = lived < SHORT_LIFE_MS ? this.shortLives + 1 : 0;
		await sleep(Math.min(PAUSE_MS * 2 ** this.shortLives, LONGEST_WAIT_MS));
		const begun = performance.now();
		for (let pause = PAUSE_MS; isWanted(); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
			const processes = await this.lister.list().catch(() => []);
			if (!isWanted()) return null;
			const successor = processes.find((other) => follows(other, ended, endedAt) && isReady(other));
			if (successor) return successor;
			const hasParent = processes.some(({ pid }) => pid === ended.parentPid);
			if (performance.now() - begun > (hasParent ? PATIENCE_WITH_PARENT_MS : PATIENCE_MS)) return null;
			await sleep(pause);
		}
		return null;
	}
}

function isReady({ inspector, openable }: NodeProcess): boolean {
	return inspector.kind === "open" || openable.ok;
}

/** A script's name says which program it is; code from the command line does so only beside what started it. */
function follows(other: NodeProcess, ended: NodeProcess, endedAt: number): boolean {
	const sameProgram = other.pid !== ended.pid && other.title === ended.title && other.cwd === ended.cwd;
	const named = ended.title !== EVALUATED || other.parentPid === ended.parentPid;
	return sameProgram && named && other.startedAt !== null && other.startedAt >= endedAt - START_TOLERANCE_MS;
}

/** Does not keep this process alive. */
function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms).unref();
	});
}
