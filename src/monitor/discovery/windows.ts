import type { NodeProcess } from "../../protocol/index.js";
import { isRecord } from "../../protocol/index.js";
import { signalPort } from "./inspector-ports.js";
import type { ProcessLister, Vitality } from "./lister.js";
import { type ListenAddress, probePorts, reachableHost } from "./probe-ports.js";
import { runTool } from "./run-tool.js";
import { processTitle } from "./title.js";

const PROCESSES = `Get-CimInstance Win32_Process -Filter "Name='node.exe'" | ForEach-Object { [pscustomobject]@{
	pid = $_.ProcessId; parentPid = $_.ParentProcessId; command = $_.CommandLine; rss = $_.WorkingSetSize
	startedAt = ([DateTimeOffset]$_.CreationDate).ToUnixTimeMilliseconds() } }`;
const LISTENERS =
	"Get-NetTCPConnection -State Listen | ForEach-Object { [pscustomobject]@{ pid = $_.OwningProcess; host = $_.LocalAddress; port = $_.LocalPort } }";

/**
 * Windows, by the system's own CIM classes over PowerShell. The parsers are tested on recorded output; the class as a
 * whole has not run on Windows yet. Windows shows a command line only to the process's own user, which is how other users'
 * processes are told.
 */
export class WindowsProcesses implements ProcessLister {
	async list(): Promise<readonly NodeProcess[]> {
		const answer = parseWindows(
			await powershell(`@{ processes = @(${PROCESSES}); listeners = @(${LISTENERS}) } | ConvertTo-Json -Compress -Depth 3`),
		);
		return Promise.all(answer.processes.filter((row) => row.pid !== process.pid).map((row) => describe(row, answer.listeners)));
	}

	async find(pid: number): Promise<NodeProcess | null> {
		return (await this.list()).find((entry) => entry.pid === pid) ?? null;
	}

	async vitality(pid: number): Promise<Vitality> {
		try {
			process.kill(pid, 0);
			return "running";
		} catch {
			return "ended";
		}
	}

	async listeningPorts(pid: number): Promise<readonly number[] | null> {
		const { listeners } = parseWindows(await powershell(`@{ listeners = @(${LISTENERS}) } | ConvertTo-Json -Compress -Depth 3`));
		return listeners.filter((entry) => entry.pid === pid).map((entry) => entry.port);
	}

	async signalPort(pid: number): Promise<number> {
		const { processes } = parseWindows(await powershell(`@{ processes = @(${PROCESSES}) } | ConvertTo-Json -Compress -Depth 3`));
		return signalPort(splitCommand(processes.find((row) => row.pid === pid)?.command ?? ""));
	}

	/** Windows has no signals: Node starts the inspector's thread in the other process, and throws when that process has not offered it. */
	signalInspector(pid: number): void {
		const debugProcess: unknown = Reflect.get(process, "_debugProcess");
		if (typeof debugProcess !== "function") throw new Error("This Node version cannot open the inspector of another process.");
		debugProcess.call(process, pid);
	}
}

function powershell(script: string): Promise<string> {
	return runTool("powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", script]);
}

interface WindowsRow {
	readonly pid: number;
	readonly parentPid: number;
	readonly command: string | null;
	readonly rss: number | null;
	readonly startedAt: number | null;
}

interface WindowsListener extends ListenAddress {
	readonly pid: number;
}

/** Reads the JSON of both queries; rows of another shape are left out. */
export function parseWindows(json: string): { readonly processes: readonly WindowsRow[]; readonly listeners: readonly WindowsListener[] } {
	const answer: unknown = JSON.parse(json);
	const rows = (key: string): unknown[] => (isRecord(answer) && Array.isArray(answer[key]) ? answer[key] : []);
	return { processes: rows("processes").flatMap(parseRow), listeners: rows("listeners").flatMap(parseListener) };
}

function parseRow(row: unknown): WindowsRow[] {
	if (!isRecord(row) || typeof row.pid !== "number" || typeof row.parentPid !== "number") return [];
	const { pid, parentPid, command, rss, startedAt } = row;
	return [
		{
			pid,
			parentPid,
			command: typeof command === "string" ? command : null,
			rss: typeof rss === "number" ? rss : null,
			startedAt: typeof startedAt === "number" ? startedAt : null,
		},
	];
}

function parseListener(row: unknown): WindowsListener[] {
	if (!isRecord(row) || typeof row.pid !== "number" || typeof row.host !== "string" || typeof row.port !== "number") return [];
	return [{ pid: row.pid, host: reachableHost(row.host), port: row.port }];
}

async function describe(row: WindowsRow, listeners: readonly WindowsListener[]): Promise<NodeProcess> {
	const argv = splitCommand(row.command ?? "");
	const inspector = await probePorts(
		listeners.filter((entry) => entry.pid === row.pid),
		argv,
	);
	return {
		pid: row.pid,
		parentPid: row.parentPid,
		title: processTitle(argv, null),
		cwd: null,
		startedAt: row.startedAt,
		rss: row.rss,
		inspector: inspector === null ? { kind: "closed" } : { kind: "open", host: inspector.host, port: inspector.port },
		openable: inspector === null ? openable(row, argv) : { ok: true },
	};
}

function openable(row: WindowsRow, argv: readonly string[]): NodeProcess["openable"] {
	if (row.command === null)
		return { ok: false, reason: "It belongs to another user. Run the monitor as that user, or start the process with --inspect." };
	if (argv.includes("--disable-sigusr1"))
		return { ok: false, reason: "It was started with --disable-sigusr1. Start it with --inspect instead." };
	return { ok: true };
}

/** Arguments of a Windows command line, quotes removed. */
export function splitCommand(command: string): string[] {
	return (command.match(/"[^"]*"|\S+/g) ?? []).map((argument) => argument.replace(/^"|"$/g, ""));
}
