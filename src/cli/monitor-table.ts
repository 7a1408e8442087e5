import { summed } from "../monitor/index.js";
import { type ConnectionSample, clock, type Sample, type SessionState, shownConnections, targetName } from "../protocol/index.js";

const COLUMNS = [
	["time", 8],
	["rss MB", 8],
	["heap MB", 8],
	["external", 9],
	["outside", 8],
	["cpu %", 6],
	["db conn", 8],
] as const;

/** Of a pid on 64-bit Linux. */
const PID_WIDTH = 7;

/** What stands before its row: the pid, and the number of a thread that is not the main one. */
export function threadName(pid: number, worker: number | undefined): string {
	return worker === undefined ? String(pid) : `${pid}/${worker}`;
}

export const TABLE_HEAD = `${COLUMNS.map(([title, width]) => title.padStart(width)).join(" ")}  endpoints`;

const MEMORY = ["rss", "heapUsed", "external", "outsideHeap"] as const;

/** One line of the table. Sizes in MB (10^6 bytes); connections are the kernel's count where it is known. */
export function formatRow({ t, memory, cpu, connections }: Sample): string {
	const databases = connections.filter((connection) => connection.kind === "database");
	const cells = [
		clock(t),
		...MEMORY.map((name) => megabytes(memory[name])),
		cpu === null ? "–" : (cpu * 100).toFixed(0),
		String(databases.reduce((sum, connection) => sum + count(connection), 0)),
	];
	const endpoints = databases.map((connection) => `${connection.endpoint} ${count(connection)}`).join(", ");
	return `${cells.map((cell, at) => cell.padStart(COLUMNS[at]?.[1] ?? 0)).join(" ")}  ${endpoints}`.trimEnd();
}

/** The lines of several processes at one moment: a head, a line for each, and their sum. Memory that processes share counts in each. */
export function fleetLines(samples: readonly Sample[]): readonly string[] {
	const names = samples.map(({ pid, worker }) => threadName(pid, worker));
	const width = Math.max(PID_WIDTH, ...names.map(({ length }) => length));
	const line = (name: string, rest: string) => `${name.padStart(width)} ${rest}`;
	return [
		line("pid", TABLE_HEAD),
		...samples.map((sample, index) => line(names[index] ?? "", formatRow(sample))),
		line("sum", formatRow(summed(samples))),
	];
}

export function describeState(state: SessionState): string {
	switch (state.kind) {
		case "idle":
			return "Not attached.";
		case "connecting":
			return `${state.step} …`;
		case "live":
			return `Watching ${targetName(state.target)}, Node ${state.target.nodeVersion.replace(/^v/, "")}, inspector ${state.target.inspector}${state.target.openedByUs ? " (opened by us, closed on detach)" : ""}. Ctrl+C detaches.`;
		case "silent":
			return `${targetName(state.target)}: ${state.reason} Waiting for it.`;
		case "gone":
			return `${targetName(state.target)}: ${state.reason}${state.successorPid === undefined ? "" : ` It runs as pid ${state.successorPid} now.`}`;
		case "detached":
			return `Detached from ${targetName(state.target)}; it runs on.`;
		case "error":
			return `${state.message} ${state.action}${state.detail === undefined ? "" : `\n  ${state.detail}`}`;
	}
}

function count(connection: ConnectionSample): number {
	return shownConnections(connection) ?? 0;
}

/** At most three significant digits. */
function megabytes(bytes: number): string {
	const value = bytes / 1e6;
	return Math.abs(value) < 100 ? value.toFixed(1) : value.toFixed(0);
}
