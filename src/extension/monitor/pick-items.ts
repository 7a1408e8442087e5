import { l10n } from "vscode";
import { isTarget } from "../../monitor/index.js";
import { bytes, type NodeProcess, type ProcessTarget, targetName, type WorkerInfo } from "../../protocol/index.js";
import type { DebugSession } from "./debug-sessions.js";
import { shortened } from "./session-names.js";
import type { WatchedThreads } from "./sessions.js";

export type PickRow =
	| { readonly kind: "separator"; readonly label: string }
	| {
			readonly kind: "process";
			readonly label: string;
			readonly description: string;
			readonly detail: string;
			readonly process: NodeProcess;
	  }
	/** A thread of a process that is watched. */
	| {
			readonly kind: "worker";
			readonly label: string;
			readonly description: string;
			readonly detail: string;
			readonly of: ProcessTarget;
			readonly worker: WorkerInfo;
	  }
	/** What a process started, to be attached to at once. */
	| { readonly kind: "children"; readonly label: string; readonly detail: string; readonly processes: readonly NodeProcess[] }
	| { readonly kind: "debugSession"; readonly label: string; readonly detail: string; readonly session: DebugSession }
	| { readonly kind: "address"; readonly label: string; readonly detail: string };

const LONGEST_TITLE = 48;

/** The extension host this code runs in. */
export interface Host {
	readonly pid: number;
	readonly parentPid: number;
}

/** Rows of the pick list: the workspace's own processes first, the editor's last; within a group the youngest first, and what a process of the group started below it, such as cluster workers and what `tsx watch` runs, after its threads; those of a watched process that runs elsewhere are elsewhere. `folders`: paths of the workspace's folders. */
export function pickRows(
	processes: readonly NodeProcess[],
	sessions: readonly DebugSession[],
	folders: readonly string[],
	host: Host,
	threads: readonly WatchedThreads[] = [],
): readonly PickRow[] {
	const editor = editorProcesses(processes, host);
	const own = processes.filter((process) => !editor.has(process) && folders.some((folder) => isWithin(process.cwd, folder)));
	const others = processes.filter((process) => !editor.has(process) && !own.includes(process));
	const elsewhere = threads.filter(({ target }) => !processes.some((process) => isTarget(process, target)));
	return [
		...group(l10n.t("this workspace"), own, threads),
		...group(l10n.t("other Node processes"), others, threads),
		{ kind: "separator", label: l10n.t("elsewhere") },
		...elsewhere.flatMap((ofOne) => workerRows(ofOne, targetName(ofOne.target), 0)),
		...sessions.map(sessionRow),
		addressRow(),
		...group(l10n.t("VS Code and its extensions"), [...editor], threads).filter(({ kind }) => kind !== "children"),
	];
}

function sessionRow(session: DebugSession): PickRow {
	return {
		kind: "debugSession",
		label: `$(debug) ${l10n.t("Debug session: {0}", shortened(session.name, LONGEST_TITLE))}`,
		detail: l10n.t("Through the debugger's own connection; no inspector is opened"),
		session,
	};
}

function addressRow(): PickRow {
	return {
		kind: "address",
		label: `$(globe) ${l10n.t("Enter host:port…")}`,
		detail: l10n.t("Of an inspector that is open already: a process started with --inspect, or a forwarded port"),
	};
}

/** The editor's own processes: the extension host, what it started, and its siblings. Terminals are not among them: their shells lie a level deeper. */
export function editorProcesses(processes: readonly NodeProcess[], host: Host): ReadonlySet<NodeProcess> {
	const found = new Set<NodeProcess>();
	const hosted = new Set([host.pid]);
	let before = -1;
	while (before < found.size) {
		before = found.size;
		for (const process of processes) {
			const { pid, parentPid } = process;
			if (hosted.has(parentPid)) hosted.add(pid);
			if (hosted.has(pid) || pid === host.parentPid || parentPid === host.parentPid) found.add(process);
		}
	}
	return found;
}

function group(label: string, processes: readonly NodeProcess[], threads: readonly WatchedThreads[]): readonly PickRow[] {
	if (processes.length === 0) return [];
	const sorted = [...processes].sort(byAge);
	const parents = new Map(processes.map((process) => [process, processes.find((other) => isParent(other, process))]));
	const childrenOf = (parent: NodeProcess) => sorted.filter((child) => parents.get(child) === parent);
	const leavesOf = (parent: NodeProcess): readonly NodeProcess[] =>
		childrenOf(parent).flatMap((child) => (childrenOf(child).length === 0 ? [child] : leavesOf(child)));
	const below = (parent: NodeProcess, depth: number): readonly PickRow[] => [
		row(parent, depth),
		...threads
			.filter(({ target }) => isTarget(parent, target))
			.flatMap((ofParent) => workerRows(ofParent, l10n.t("pid {0}", parent.pid), depth + 1)),
		...childrenRow(parent, leavesOf(parent), depth + 1),
		...childrenOf(parent).flatMap((child) => below(child, depth + 1)),
	];
	return [
		{ kind: "separator", label },
		...sorted.filter((process) => parents.get(process) === undefined).flatMap((process) => below(process, 0)),
	];
}

/** @param depth 0 for a process whose parent is not in its group */
function row(process: NodeProcess, depth: number): PickRow {
	const { inspector, openable, pid, rss, cwd } = process;
	const size = rss === null ? [] : [bytes(rss)];
	return {
		kind: "process",
		label: `${"\u2003".repeat(depth)}$(${icon(process)}) ${shortened(process.title, LONGEST_TITLE)}`,
		description: [
			l10n.t("pid {0}", pid),
			...(depth > 0 ? [l10n.t("started by {0}", process.parentPid)] : []),
			...size,
			inspector.kind === "open" ? l10n.t("inspector on {0}", `${inspector.host}:${inspector.port}`) : l10n.t("inspector off"),
		].join(" · "),
		detail: [cwd ?? "", inspector.kind === "closed" && !openable.ok ? openable.reason : ""].filter((part) => part !== "").join(" · "),
		process,
	};
}

function workerRows({ of, workers }: WatchedThreads, process: string, depth: number): readonly PickRow[] {
	return workers.map((worker) => ({
		kind: "worker",
		label: `${"\u2003".repeat(depth)}$(symbol-event) ${shortened(worker.title, LONGEST_TITLE)}`,
		description: l10n.t("worker {0} of {1}", worker.id, process),
		detail: l10n.t("A thread: heap, external and connections are its own; rss and cpu are those of its process"),
		of,
		worker,
	}));
}

/** For several that can be attached to, such as the workers of a cluster; launchers between them and their parent are none of them. */
function childrenRow(parent: NodeProcess, leaves: readonly NodeProcess[], depth: number): readonly PickRow[] {
	const processes = leaves.filter(isReachable);
	if (processes.length < 2) return [];
	const words = l10n.t("All {0} processes of {1}", processes.length, shortened(parent.title, LONGEST_TITLE));
	const label = `${"\u2003".repeat(depth)}$(server-environment) ${words}`;
	const pids = processes.map(({ pid }) => l10n.t("pid {0}", pid)).join(", ");
	return [{ kind: "children", label, detail: l10n.t("A session each, and their sum: {0}", pids), processes }];
}

/** Whether it can be attached to as it is, or once its inspector is opened. */
export function isReachable({ inspector, openable }: NodeProcess): boolean {
	return inspector.kind === "open" || openable.ok;
}

function icon({ inspector, openable }: NodeProcess): string {
	if (inspector.kind === "open") return "debug-alt";
	return openable.ok ? "server-process" : "circle-slash";
}

/** On Windows the pid of a parent that has ended may belong to a younger process by now. */
function isParent(other: NodeProcess, { pid, parentPid, startedAt }: NodeProcess): boolean {
	return other.pid === parentPid && other.pid !== pid && (other.startedAt ?? 0) <= (startedAt ?? Number.POSITIVE_INFINITY);
}

function byAge(a: NodeProcess, b: NodeProcess): number {
	return (b.startedAt ?? 0) - (a.startedAt ?? 0) || b.pid - a.pid;
}

export function isWithin(path: string | null, folder: string): boolean {
	if (path === null) return false;
	const root = folder.replace(/[/\\]+$/, "");
	return path === root || path.startsWith(`${root}/`) || path.startsWith(`${root}\\`);
}
