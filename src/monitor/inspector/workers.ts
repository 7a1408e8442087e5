import { setTimeout as sleep } from "node:timers/promises";
import { MAX_WORKERS, type WorkerInfo } from "../../protocol/index.js";
import { waitFor } from "../wait-for.js";
import { type Answer, InspectorConnection, MAX_MESSAGE_BYTES, type Notifications } from "./connection.js";
import { type Announced, readAnnouncement, WorkerWire } from "./worker-wire.js";

/** Opens a connection to the process whose threads are asked for. */
export type OpenCarrier = (notifications: Notifications) => Promise<InspectorConnection>;

/** The inspector announces workers as it gets round to them, within milliseconds. */
const ANNOUNCED_MS = 100;
const FIND_TIMEOUT_MS = 2_000;

/** The worker threads of a process, the oldest first. Rejects when the connection fails. */
export async function listWorkers(openCarrier: OpenCarrier): Promise<readonly WorkerInfo[]> {
	const roster = new Roster();
	const carrier = await roster.open(openCarrier, MAX_MESSAGE_BYTES);
	try {
		await sleep(ANNOUNCED_MS);
	} finally {
		carrier.close();
	}
	return roster.announced.map(({ id, title }) => ({ id, title })).sort((a, b) => a.id - b.id);
}

/** A worker thread that is connected to. */
export interface WorkerConnection {
	readonly connection: InspectorConnection;
	readonly worker: WorkerInfo;
}

/**
 * Connects to a worker thread over a connection of its own to the process, which ends when the thread does. The other threads are let go of.
 * Null when the process has no such thread; rejects when the connection fails.
 */
export async function connectToWorker(
	openCarrier: OpenCarrier,
	worker: number,
	notifications: Notifications | null = null,
): Promise<WorkerConnection | null> {
	const roster = new Roster();
	// The message of a worker lies as a text in that of its process.
	const carrier = await roster.open(openCarrier, 2 * (notifications?.maxMessageBytes ?? MAX_MESSAGE_BYTES));
	const found = await waitFor(async () => roster.announced.find(({ id }) => id === worker) ?? null, FIND_TIMEOUT_MS);
	if (found === null) {
		carrier.close();
		return null;
	}
	const { id, title } = found;
	const connection = new InspectorConnection(roster.keepOnly(found, carrier), notifications);
	return { connection, worker: { id, title } };
}

/** Who the inspector says is there, on one connection. */
class Roster {
	readonly announced: Announced[] = [];
	private kept: { readonly wire: WorkerWire; readonly carrier: InspectorConnection } | null = null;

	async open(openCarrier: OpenCarrier, maxMessageBytes: number): Promise<InspectorConnection> {
		const carrier = await openCarrier({ maxMessageBytes, receive: (method, params) => this.receive(method, params) });
		await carrier.request("NodeWorker.enable", { waitForDebuggerOnStart: false }).catch((error: unknown) => {
			carrier.close();
			throw error;
		});
		return carrier;
	}

	/** The way to one of them; those that start later are let go of as well. */
	keepOnly(one: Announced, carrier: InspectorConnection): WorkerWire {
		const wire = new WorkerWire(carrier, one.sessionId);
		this.kept = { wire, carrier };
		for (const other of this.announced) if (other !== one) letGo(other, carrier);
		return wire;
	}

	private receive(method: string, params: Answer): void {
		this.kept?.wire.notice(method, params);
		const announced = method === "NodeWorker.attachedToWorker" ? readAnnouncement(params) : null;
		if (announced === null) return;
		if (this.kept !== null) letGo(announced, this.kept.carrier);
		else if (this.announced.length < MAX_WORKERS) this.announced.push(announced);
	}
}

function letGo({ sessionId }: Announced, carrier: InspectorConnection): void {
	carrier.request("NodeWorker.detach", { sessionId }).catch(() => {});
}
