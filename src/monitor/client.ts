import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { isMonitorEvent, type MonitorEvent, type MonitorRequest, type NodeProcess, type SessionRequest } from "../protocol/index.js";
import { ClientSession, type MonitorListener } from "./client-session.js";
import { forkProgram } from "./fork-program.js";

interface PendingList {
	resolve(processes: readonly NodeProcess[]): void;
	reject(error: Error): void;
}

const LIST_TIMEOUT_MS = 15_000;
const END_TIMEOUT_MS = 4_000;

/** A door's handle on the monitor process. The process is started by the first request, and again by the next one after it died. */
export class MonitorClient {
	private child: ChildProcess | null = null;
	private readonly lists = new Map<number, PendingList>();
	private readonly sessions = new Map<number, ClientSession>();
	private lastId = 0;

	constructor(
		/** Path of `dist/monitor.js`. */
		private readonly program: string,
		/** Takes lines that the monitor process wrote, for a log. */
		private readonly log: (text: string) => void = () => {},
	) {}

	/** The Node processes of this machine. Rejects with a message for people. */
	async list(): Promise<readonly NodeProcess[]> {
		const id = ++this.lastId;
		const answer = new Promise<readonly NodeProcess[]>((resolve, reject) => this.lists.set(id, { resolve, reject }));
		const late = setTimeout(
			() => this.settleList(id, (list) => list.reject(new Error("The list of processes did not come in time."))),
			LIST_TIMEOUT_MS,
		);
		this.send({ type: "list", id });
		return answer.finally(() => clearTimeout(late));
	}

	/** A session of its own, which watches one target at a time. Whoever opens it closes it. */
	open(listener: MonitorListener): ClientSession {
		const session = ++this.lastId;
		const opened = new ClientSession(listener, {
			request: (request) => this.send({ type: "session", session, request }),
			requestIfRunning: (request) => this.sendIfRunning(session, request),
			closed: () => this.sessions.delete(session),
		});
		this.sessions.set(session, opened);
		return opened;
	}

	/** Ends the monitor process; it detaches from its targets first. Resolves when it is gone. */
	async dispose(): Promise<void> {
		const child = this.child;
		if (!child) return;
		this.forget("The monitor was closed.");
		const gone = once(child, "exit");
		child.disconnect();
		const late = setTimeout(() => child.kill("SIGKILL"), END_TIMEOUT_MS);
		await gone;
		clearTimeout(late);
	}

	private send(request: MonitorRequest): void {
		this.child ??= this.start();
		this.child.send(request, () => {});
	}

	/** @returns whether there is a monitor process to be told */
	private sendIfRunning(session: number, request: SessionRequest): boolean {
		if (this.child) this.send({ type: "session", session, request });
		return this.child !== null;
	}

	private start(): ChildProcess {
		const child = forkProgram(this.program);
		for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => this.log(chunk.toString("utf8").trimEnd()));
		child.on("message", (message: unknown) => this.receive(child, message));
		child.on("error", (error) => this.died(child, error.message));
		child.on("exit", (code, signal) => this.died(child, `ended with ${signal ?? `code ${code}`}`));
		return child;
	}

	private receive(child: ChildProcess, message: unknown): void {
		if (child !== this.child) return;
		if (isMonitorEvent(message)) this.dispatch(message);
		else this.log("The monitor process sent something that is no event; it is passed over.");
	}

	private dispatch(event: MonitorEvent): void {
		switch (event.type) {
			case "processes":
				this.settleList(event.id, (list) => list.resolve(event.processes));
				break;
			case "listFailed":
				this.settleList(event.id, (list) => list.reject(new Error(event.message)));
				break;
			case "session":
				this.sessions.get(event.session)?.receive(event.event);
				break;
		}
	}

	private settleList(id: number, settle: (list: PendingList) => void): void {
		const list = this.lists.get(id);
		this.lists.delete(id);
		if (list) settle(list);
	}

	private died(child: ChildProcess, detail: string): void {
		if (child !== this.child) return;
		this.forget("The monitor process ended.");
		for (const session of this.sessions.values()) session.lost(detail);
	}

	private forget(reason: string): void {
		this.child = null;
		for (const id of [...this.lists.keys()]) this.settleList(id, (list) => list.reject(new Error(reason)));
		for (const session of this.sessions.values()) session.giveUp(reason);
	}
}
