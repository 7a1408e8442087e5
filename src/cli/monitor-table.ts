import { type ConnectionSample, clock, type Sample, type SessionState, shownConnections, type TargetInfo } from "../protocol/index.js";

const COLUMNS = [
	["time", 8],
	["rss MB", 8],
	["heap MB", 8],
	["external", 9],
	["outside", 8],
	["cpu %", 6],
	["db conn", 8],
] as const;

export const TABLE_HEAD = `${COLUMNS.map(([title, width]) => title.padStart(width)).join(" ")}  endpoints`;

/** One line of the table. Sizes in MB (10^6 bytes); connections are the kernel's count where it is known. */
export function formatRow(sample: Sample): string {
	const { memory, cpu, connections } = sample;
	const databases = connections.filter((connection) => connection.kind === "database");
	const cells = [
		clock(sample.t),
		megabytes(memory.rss),
		megabytes(memory.heapUsed),
		megabytes(memory.external),
		megabytes(memory.outsideHeap),
		cpu === null ? "–" : (cpu * 100).toFixed(0),
		String(databases.reduce((sum, connection) => sum + count(connection), 0)),
	];
	const endpoints = databases.map((connection) => `${connection.endpoint} ${count(connection)}`).join(", ");
	return `${cells.map((cell, at) => cell.padStart(COLUMNS[at]?.[1] ?? 0)).join(" ")}  ${endpoints}`;
}

export function describeState(state: SessionState): string {
	switch (state.kind) {
		case "idle":
			return "Not attached.";
		case "connecting":
			return `${state.step} …`;
		case "live":
			return `Watching ${name(state.target)}, Node ${state.target.nodeVersion.replace(/^v/, "")}, inspector ${state.target.inspector}${state.target.openedByUs ? " (opened by us, closed on detach)" : ""}. Ctrl+C detaches.`;
		case "silent":
			return `${name(state.target)}: ${state.reason} Waiting for it.`;
		case "gone":
			return `${name(state.target)}: ${state.reason}${state.successorPid === undefined ? "" : ` It runs as pid ${state.successorPid} now.`}`;
		case "detached":
			return `Detached from ${name(state.target)}; it runs on.`;
		case "error":
			return `${state.message} ${state.action}${state.detail === undefined ? "" : `\n  ${state.detail}`}`;
	}
}

function name(target: TargetInfo): string {
	return `${target.title} (pid ${target.pid})`;
}

function count(connection: ConnectionSample): number {
	return shownConnections(connection) ?? 0;
}

/** At most three significant digits. */
function megabytes(bytes: number): string {
	const value = bytes / 1e6;
	return Math.abs(value) < 100 ? value.toFixed(1) : value.toFixed(0);
}
