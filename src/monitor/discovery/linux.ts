import { basename } from "node:path";
import type { NodeProcess } from "../../protocol/index.js";
import type { InspectorAddress } from "../inspector/endpoint-list.js";
import { ProcessFiles, type ProcessStatus } from "../procfs/process-files.js";
import { type KernelSocket, parseSocketTable } from "../procfs/socket-table.js";
import { signalPort } from "./inspector-ports.js";
import type { ProcessLister, Vitality } from "./lister.js";
import { probePorts, reachableHost } from "./probe-ports.js";
import { processTitle } from "./title.js";

const CLOCK_TICKS_PER_SECOND = 100;
export class LinuxProcesses implements ProcessLister {
	constructor(private readonly files = new ProcessFiles()) {}

	async list(): Promise<readonly NodeProcess[]> {
		const pids = this.files.pids().filter((pid) => pid !== process.pid && this.isNode(pid));
		const found = await Promise.all(pids.map((pid) => this.find(pid)));
		return found.filter((entry) => entry !== null);
	}

	async find(pid: number): Promise<NodeProcess | null> {
		const stat = this.files.stat(pid);
		const status = this.files.status(pid);
		if (stat === null || status === null || stat.state === "Z" || !this.isNode(pid)) return null;
		const argv = this.files.argv(pid);
		const cwd = this.files.link(pid, "cwd");
		const boot = this.files.bootTime();
		const inspector = await this.openInspector(pid, this.options(pid));
		return {
			pid,
			parentPid: stat.parentPid,
			title: processTitle(argv, cwd),
			cwd,
			startedAt: boot === null ? null : boot + (stat.startTicks * 1000) / CLOCK_TICKS_PER_SECOND,
			rss: status.rss,
			inspector: inspector === null ? { kind: "closed" } : { kind: "open", host: inspector.host, port: inspector.port },
			openable: inspector === null ? this.openable(pid, stat.state, status) : { ok: true },
		};
	}

	async vitality(pid: number): Promise<Vitality> {
		const state = this.files.stat(pid)?.state;
		if (state === undefined || state === "Z" || state === "X") return "ended";
		return state === "T" || state === "t" ? "stopped" : "running";
	}

	async listeningPorts(pid: number): Promise<readonly number[] | null> {
		return this.listeners(pid)?.map((socket) => socket.localPort) ?? null;
	}

	async signalPort(pid: number): Promise<number> {
		return signalPort(this.options(pid));
	}

	signalInspector(pid: number): void {
		process.kill(pid, "SIGUSR1");
	}

	/** The link to the program is hidden for other users' processes; then their command line decides. */
	private isNode(pid: number): boolean {
		const program = this.files.link(pid, "exe") ?? this.files.argv(pid)[0] ?? "";
		return /^node(js)?[-.\d]*$/.test(basename(program.replace(/ \(deleted\)$/, "")));
	}

	private openable(pid: number, state: string, status: ProcessStatus): NodeProcess["openable"] {
		if (status.uid !== process.geteuid?.())
			return refuse("It belongs to another user. Run the monitor as that user, or start the process with --inspect.");
		const namespace = this.files.link(pid, "ns/net");
		if (namespace === null) return refuse("Nothing can be read of it: it may just have ended. Look at the list again.");
		if (!this.sharesNetwork(pid))
			return refuse(
				"It runs in another network namespace, such as a container. Start it with --inspect=0.0.0.0:9229, forward that port to this machine's loopback and attach to host:port.",
			);
		if (state === "T" || state === "t") return refuse("It is stopped. Let it go on (kill -CONT) and attach then.");
		if (this.options(pid).includes("--disable-sigusr1"))
			return refuse("It was started with --disable-sigusr1. Start it with --inspect instead.");
		if (!status.catchesSigusr1) return refuse("It has no handler for SIGUSR1 yet, so the signal would end it. Wait until it has started.");
		return { ok: true };
	}

	private sharesNetwork(pid: number): boolean {
		const namespace = this.files.link(pid, "ns/net");
		return namespace !== null && namespace === this.files.link("self", "ns/net");
	}

	private options(pid: number): string[] {
		return [...this.files.nodeOptions(pid), ...this.files.argv(pid)];
	}

	private async openInspector(pid: number, options: readonly string[]): Promise<InspectorAddress | null> {
		if (!this.sharesNetwork(pid)) return null;
		const listeners = this.listeners(pid) ?? [];
		return probePorts(
			listeners.map((socket) => ({ host: reachableHost(socket.localAddress), port: socket.localPort })),
			options,
		);
	}

	/** By descriptor, which is the order they were opened in; inode numbers are handed out per cpu and say nothing. */
	private listeners(pid: number): KernelSocket[] | null {
		const inodes = this.files.socketInodes(pid);
		const tables = this.files.socketTables(pid);
		if (inodes === null || tables === null) return null;
		const listeners = parseSocketTable(tables).filter((socket) => socket.state === "listen" && inodes.has(socket.inode));
		const order = [...inodes];
		return listeners.sort((a, b) => order.indexOf(a.inode) - order.indexOf(b.inode));
	}
}

function refuse(reason: string): NodeProcess["openable"] {
	return { ok: false, reason };
}
