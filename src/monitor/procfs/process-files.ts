/** Reads `/proc/PID`. A process may end between two reads: then the answer is null or empty, never an exception. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { constants } from "node:os";

export interface ProcessStat {
	/** `R`, `S`, `D`, `T` (stopped), `t` (stopped by a tracer), `Z` (ended), … */
	readonly state: string;
	readonly parentPid: number;
	/** Clock ticks (1/100 s) after the boot; with the pid it names a process for ever. */
	readonly startTicks: number;
}

/** Parses `/proc/PID/stat`, whose second field, the name in parentheses, may hold spaces and parentheses itself. */
export function parseStat(text: string): ProcessStat | null {
	const fields = text
		.slice(text.lastIndexOf(")") + 1)
		.trim()
		.split(" ");
	const [state, parentPid] = fields;
	const startTicks = fields[19];
	if (state === undefined || parentPid === undefined || startTicks === undefined) return null;
	return { state, parentPid: Number(parentPid), startTicks: Number(startTicks) };
}

export interface ProcessStatus {
	/** Effective user id. */
	readonly uid: number | null;
	/** Bytes. */
	readonly rss: number | null;
	/** Whether the process has a handler for SIGUSR1; without one the signal ends it. */
	readonly catchesSigusr1: boolean;
}

/** Parses `/proc/PID/status`. */
export function parseStatus(text: string): ProcessStatus {
	const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(text)?.[1];
	const uid = field("Uid")?.split(/\s+/)[1];
	const kilobytes = /^\d+/.exec(field("VmRSS") ?? "")?.[0];
	const caught = /^[0-9a-f]{1,16}$/.exec(field("SigCgt") ?? "")?.[0];
	return {
		uid: uid === undefined ? null : Number(uid),
		rss: kilobytes === undefined ? null : Number(kilobytes) * 1024,
		catchesSigusr1: caught !== undefined && ((BigInt(`0x${caught}`) >> BigInt(constants.signals.SIGUSR1 - 1)) & 1n) === 1n,
	};
}

export class ProcessFiles {
	constructor(private readonly root = "/proc") {}

	pids(): number[] {
		return readdirSync(this.root)
			.filter((name) => /^\d+$/.test(name))
			.map(Number);
	}

	stat(pid: number): ProcessStat | null {
		const text = this.read(`${pid}/stat`);
		return text === null ? null : parseStat(text);
	}

	status(pid: number): ProcessStatus | null {
		const text = this.read(`${pid}/status`);
		return text === null ? null : parseStatus(text);
	}

	argv(pid: number): string[] {
		return (this.read(`${pid}/cmdline`) ?? "").split("\0").filter((argument) => argument !== "");
	}

	/** The words of NODE_OPTIONS; nothing else is looked at in an environment, which may hold secrets. */
	nodeOptions(pid: number): string[] {
		const variables = (this.read(`${pid}/environ`) ?? "").split("\0");
		const options = variables.find((variable) => variable.startsWith("NODE_OPTIONS="))?.slice("NODE_OPTIONS=".length) ?? "";
		return options.split(/\s+/).filter((option) => option !== "");
	}

	/** Target of the links `exe`, `cwd` or `ns/net`; null for a process of another user. */
	link(pid: number | "self", name: "exe" | "cwd" | "ns/net"): string | null {
		try {
			return readlinkSync(`${this.root}/${pid}/${name}`);
		} catch {
			return null;
		}
	}

	/** Inodes of the sockets the process holds, by ascending descriptor; null when its descriptors cannot be read. */
	socketInodes(pid: number): ReadonlySet<string> | null {
		const folder = `${this.root}/${pid}/fd`;
		try {
			const descriptors = readdirSync(folder).sort((a, b) => Number(a) - Number(b));
			return new Set(descriptors.flatMap((name) => socketInode(`${folder}/${name}`)));
		} catch {
			return null;
		}
	}

	/** Both TCP tables of the process's network namespace; null when they cannot be read. */
	socketTables(pid: number): string | null {
		const tables = [this.read(`${pid}/net/tcp`), this.read(`${pid}/net/tcp6`)].filter((table) => table !== null);
		return tables.length === 0 ? null : tables.join("\n");
	}

	/** Milliseconds since the epoch. */
	bootTime(): number | null {
		const seconds = /^btime (\d+)$/m.exec(this.read("stat") ?? "")?.[1];
		return seconds === undefined ? null : Number(seconds) * 1000;
	}

	private read(path: string): string | null {
		try {
			return readFileSync(`${this.root}/${path}`, "utf8");
		} catch {
			return null;
		}
	}
}

function socketInode(link: string): string[] {
	try {
		const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.[1];
		return inode === undefined ? [] : [inode];
	} catch {
		return [];
	}
}
