import { type Guard, isAmount, isListOf, isNullOr, isOptional, isPid, isShape, isText, isWorkerId } from "../../protocol/index.js";
import { inTarget } from "./in-target.js";

/** Who the target says it is. */
export interface Identity {
	readonly pid: number;
	/** `process.version`, such as `v20.20.2`. */
	readonly version: string;
	/** `process.argv` up to its fifth element, each cut at 300 characters. */
	readonly argv: readonly string[];
	readonly cwd: string | null;
	/** `performance.timeOrigin`: when the process began, by its own clock, to the microsecond. Absent before Node 16. */
	readonly timeOrigin?: number;
}

export const IDENTIFY = `(() => {
	let cwd = null;
	try { cwd = process.cwd().slice(0, 4096); } catch {}
	const argv = process.argv.slice(0, 5).map((word) => String(word).slice(0, 300));
	const timeOrigin = Number(globalThis.performance?.timeOrigin) || undefined;
	return { pid: process.pid, version: process.version, argv, cwd, timeOrigin };
})()`;

export const isIdentity: Guard<Identity> = isShape<Identity>({
	pid: isPid,
	version: isText(100),
	argv: isListOf(isText(300), 5),
	cwd: isNullOr(isText(4_096)),
	timeOrigin: isOptional(isAmount),
});

/** Which thread of which process a worker says it is. */
export interface Thread {
	readonly pid: number;
	readonly threadId: number;
}

export const THREAD = inTarget(({ load }) => ({ pid: process.pid, threadId: load("worker_threads").threadId }));

export const isThread: Guard<Thread> = isShape<Thread>({ pid: isPid, threadId: isWorkerId });

/** The same for every way to a process: two that began within a microsecond under one pid, on whatever machines, are none to reckon with. */
export function processIdentity({ pid, timeOrigin }: Identity): string | undefined {
	return timeOrigin === undefined ? undefined : `${pid}@${timeOrigin}`;
}

/** @param process its identity */
export function workerIdentity(process: string, worker: number): string {
	return `${process}/${worker}`;
}
