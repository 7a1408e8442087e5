/** The monitor process, `dist/monitor.js`: requests come and events go over Node's own channel to the parent process. */
import { isMonitorRequest, MAX_PROCESSES, type MonitorEvent, type MonitorRequest, type SessionRequest } from "../protocol/index.js";
import { createProcessLister } from "./discovery/index.js";
import { HostedSession } from "./hosted-session.js";
import { SessionGroup } from "./session-group.js";

/** A parent that does not read, such as one halted in a debugger, costs at most this many events of memory; later samples are dropped. */
const MAX_UNSENT_EVENTS = 10_000;
const LAST_RESORT_MS = 5_000;

function main(): void {
	if (!process.send) {
		console.error(
			"This program is started by Prisma Leak Lens. To watch a process from a terminal, use: prisma-leak-lens monitor --pid PID",
		);
		process.exit(2);
	}
	const lister = createProcessLister();
	const group = new SessionGroup();
	const sessions = new Map<number, HostedSession>();
	const closing = new Set<Promise<void>>();
	let unsent = 0;

	function send(event: MonitorEvent): void {
		if (!process.connected || unsent >= MAX_UNSENT_EVENTS) return;
		unsent++;
		process.send?.(event, () => unsent--);
	}

	async function list(id: number): Promise<void> {
		try {
			send({ type: "processes", id, processes: (await lister.list()).slice(0, MAX_PROCESSES) });
		} catch (error) {
			send({ type: "listFailed", id, message: error instanceof Error ? error.message : String(error) });
		}
	}

	async function ask(session: number, request: SessionRequest): Promise<void> {
		if (request.type === "close") return close(session);
		const found = sessions.get(session) ?? new HostedSession(lister, group, (event) => send({ type: "session", session, event }));
		sessions.set(session, found);
		return found.handle(request);
	}

	async function close(session: number): Promise<void> {
		const closed = sessions.get(session)?.dispose();
		sessions.delete(session);
		if (closed === undefined) return;
		closing.add(closed);
		await closed.finally(() => closing.delete(closed));
	}

	async function handle(request: MonitorRequest): Promise<void> {
		return request.type === "list" ? list(request.id) : ask(request.session, request.request);
	}

	async function leave(): Promise<void> {
		setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
		await Promise.all([...closing, ...[...sessions.values()].map((session) => session.dispose())]);
		process.exit(0);
	}

	process.on("message", (message: unknown) => {
		if (isMonitorRequest(message)) void handle(message);
		else console.error("The monitor was sent something that is no request; it is passed over.");
	});
	process.once("disconnect", () => void leave());
	process.once("SIGTERM", () => void leave());
	// Ctrl+C reaches the whole process group: the parent decides, and lets go of the channel when it ends.
	process.on("SIGINT", () => {});
}

main();
