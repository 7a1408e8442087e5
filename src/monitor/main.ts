/** The monitor process, `dist/monitor.js`: requests come and events go over Node's own channel to the parent process. */
import { isMonitorRequest, MAX_PROCESSES, type MonitorEvent, type MonitorRequest } from "../protocol/index.js";
import { createProcessLister } from "./discovery/index.js";
import { SessionRecorder } from "./recording/session-recorder.js";
import { MonitorSession } from "./session.js";

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
	const recorder = new SessionRecorder((status) => send({ type: "recording", status }));
	const session = new MonitorSession(lister, {
		state: (state) => {
			recorder.state(state);
			send({ type: "state", state });
		},
		sample: (sample) => {
			recorder.sample(sample);
			send({ type: "sample", sample });
		},
		levels: (levels) => send({ type: "levels", levels }),
	});
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

	async function profileHeap(id: number, seconds: number): Promise<void> {
		send({ type: "heapProfile", id, outcome: await session.profileHeap(seconds) });
	}

	async function readNativeMemory(id: number): Promise<void> {
		send({ type: "nativeMemory", id, outcome: await session.readNativeMemory() });
	}

	async function handle(request: MonitorRequest): Promise<void> {
		switch (request.type) {
			case "list":
				return list(request.id);
			case "attach":
				recorder.begin(request.options.recording ?? null);
				return session.attach(request.target, request.options);
			case "detach":
				return session.detach();
			case "level":
				return session.setLevel(request.level, request.on);
			case "heapProfile":
				return profileHeap(request.id, request.seconds);
			case "nativeMemory":
				return readNativeMemory(request.id);
			case "databaseUrl":
				return session.setDatabaseUrl(request.url);
		}
	}

	async function leave(): Promise<void> {
		setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
		await session.dispose();
		await recorder.dispose();
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
