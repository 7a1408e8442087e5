import { basename } from "node:path";
import type { NodeProcess } from "../../protocol/index.js";
import { signalPort } from "./inspector-ports.js";
import type { ProcessLister, Vitality } from "./lister.js";
import { type ListenAddress, probePorts, reachableHost } from "./probe-ports.js";
import { runTool } from "./run-tool.js";
import { processTitle } from "./title.js";

/** macOS does not tell whether a process handles SIGUSR1; Node installs its handler within its first moments. */
const MINIMUM_AGE_MS = 5_000;

/**
 * macOS, by the system's own `ps` and `lsof`. Their parsers are tested on recorded output; the class as a whole has not
 * run on macOS yet.
 */
export class DarwinProcesses implements ProcessLister {
	async list(): Promise<readonly NodeProcess[]> {
		return this.read(["-A"]);
	}

	async find(pid: number): Promise<NodeProcess | null> {
		return (await this.read(["-p", String(pid)]).catch(() => []))[0] ?? null;
	}

	async vitality(pid: number): Promise<Vitality> {
		const state = (await runTool("/bin/ps", ["-o", "state=", "-p", String(pid)]).catch(() => "")).trim();
		if (state === "" || state.startsWith("Z")) return "ended";
		return state.startsWith("T") ? "stopped" : "running";
	}

	async listeningPorts(pid: number): Promise<readonly number[] | null> {
		return (await this.openFiles([pid])).get(pid)?.listening.map((address) => address.port) ?? [];
	}

	async signalPort(pid: number): Promise<number> {
		const [row] = parsePs(await runTool("/bin/ps", [...PS_COLUMNS, "-p", String(pid)]));
		return signalPort(row?.argv ?? []);
	}

	signalInspector(pid: number): void {
		process.kill(pid, "SIGUSR1");
	}

	private async read(which: readonly string[]): Promise<readonly NodeProcess[]> {
		const rows = parsePs(await runTool("/bin/ps", [...PS_COLUMNS, ...which])).filter((row) => row.pid !== process.pid && isNode(row));
		const files = await this.openFiles(rows.map((row) => row.pid));
		return Promise.all(rows.map((row) => this.describe(row, files.get(row.pid) ?? NO_FILES)));
	}

	private async describe(row: PsRow, files: OpenFiles): Promise<NodeProcess> {
		const inspector = await probePorts(files.listening, row.argv);
		return {
			pid: row.pid,
			parentPid: row.parentPid,
			title: processTitle(row.argv, files.cwd),
			cwd: files.cwd,
			startedAt: row.startedAt,
			rss: row.rss,
			inspector: inspector === null ? { kind: "closed" } : { kind: "open", host: inspector.host, port: inspector.port },
			openable: inspector === null ? openable(row) : { ok: true },
		};
	}

	private async openFiles(pids: readonly number[]): Promise<ReadonlyMap<number, OpenFiles>> {
		if (pids.length === 0) return new Map();
		const wanted = pids.join(",");
		const [folders, sockets] = await Promise.all([
			runTool("/usr/sbin/lsof", ["-a", "-p", wanted, "-d", "cwd", "-Fpn"]).catch(() => ""),
			runTool("/usr/sbin/lsof", ["-nP", "-a", "-p", wanted, "-iTCP", "-sTCP:LISTEN", "-Fpn"]).catch(() => ""),
		]);
		return parseLsof(folders, sockets);
	}
}

const PS_COLUMNS = ["-ww", "-o", "pid=,ppid=,uid=,rss=,state=,lstart=,args="];

export interface PsRow {
	readonly pid: number;
	readonly parentPid: number;
	readonly uid: number;
	readonly rss: number;
	readonly state: string;
	readonly startedAt: number | null;
	/** Split at spaces, which is all that `ps` allows: a path with spaces comes in pieces. */
	readonly argv: readonly string[];
}

export function parsePs(output: string): PsRow[] {
	return output.split("\n").flatMap((line) => {
		const [, pid, parentPid, uid, rss, state = "", started = "", args = ""] =
			/^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\w{3} +\w+ +\w+ +[\d:]{8} +\d{4})\s+(.*)$/.exec(line) ?? [];
		if (pid === undefined) return [];
		const startedAt = Date.parse(started);
		return [
			{
				pid: Number(pid),
				parentPid: Number(parentPid),
				uid: Number(uid),
				rss: Number(rss) * 1024,
				state,
				startedAt: Number.isNaN(startedAt) ? null : startedAt,
				argv: args.split(/\s+/).filter((argument) => argument !== ""),
			},
		];
	});
}

interface OpenFiles {
	readonly cwd: string | null;
	readonly listening: readonly ListenAddress[];
}

const NO_FILES: OpenFiles = { cwd: null, listening: [] };

/** Joins two outputs of `lsof -Fpn`: the working folders, and the listening sockets (`n127.0.0.1:9229`, `n*:3000`, `n[::1]:80`). */
export function parseLsof(folders: string, sockets: string): ReadonlyMap<number, OpenFiles> {
	const files = new Map<number, OpenFiles>();
	for (const { pid, name } of lsofNames(folders)) files.set(pid, { ...(files.get(pid) ?? NO_FILES), cwd: name });
	for (const { pid, name } of lsofNames(sockets)) {
		const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(name) ?? [];
		if (host === undefined) continue;
		const known = files.get(pid) ?? NO_FILES;
		files.set(pid, { ...known, listening: [...known.listening, { host: reachableHost(host), port: Number(port) }] });
	}
	return files;
}

function lsofNames(output: string): { pid: number; name: string }[] {
	let pid = 0;
	return output.split("\n").flatMap((line) => {
		if (line.startsWith("p")) pid = Number(line.slice(1));
		return line.startsWith("n") ? [{ pid, name: line.slice(1) }] : [];
	});
}

function isNode(row: PsRow): boolean {
	return /^node(js)?[-.\d]*$/.test(basename(row.argv[0] ?? ""));
}

function openable(row: PsRow): NodeProcess["openable"] {
	if (row.uid !== process.geteuid?.())
		return { ok: false, reason: "It belongs to another user. Run the monitor as that user, or start the process with --inspect." };
	if (row.state.startsWith("T")) return { ok: false, reason: "It is stopped. Let it go on (kill -CONT) and attach then." };
	if (row.argv.includes("--disable-sigusr1"))
		return { ok: false, reason: "It was started with --disable-sigusr1. Start it with --inspect instead." };
	if (row.startedAt === null || Date.now() - row.startedAt < MINIMUM_AGE_MS)
		return { ok: false, reason: "It started only a moment ago, and the signal could end it. Wait some seconds." };
	return { ok: true };
}
