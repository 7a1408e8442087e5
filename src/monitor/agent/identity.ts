import { type Guard, isListOf, isNullOr, isPid, isShape, isText, isWorkerId } from "../../protocol/index.js";
import { inTarget } from "./in-target.js";

/** Who the target says it is. */
export interface Identity {
	readonly pid: number;
	/** `process.version`, such as `v20.20.2`. */
	readonly version: string;
	/** `process.argv` up to its fifth element, each cut at 300 characters. */
	readonly argv: readonly string[];
	readonly cwd: string | null;
}

export const IDENTIFY = `(() => {
	let cwd = null;
	try { cwd = process.cwd().slice(0, 4096); } catch {}
	return { pid: process.pid, version: process.version, argv: process.argv.slice(0, 5).map((word) => String(word).slice(0, 300)), cwd };
})()`;

export const isIdentity: Guard<Identity> = isShape<Identity>({
	pid: isPid,
	version: isText(100),
	argv: isListOf(isText(300), 5),
	cwd: isNullOr(isText(4_096)),
});

/** Which thread of which process a worker says it is. */
export interface Thread {
	readonly pid: number;
	readonly threadId: number;
}

export const THREAD = inTarget(({ load }) => ({ pid: process.pid, threadId: load("worker_threads").threadId }));

export const isThread: Guard<Thread> = isShape<Thread>({ pid: isPid, threadId: isWorkerId });
