import { isRecord } from "../../protocol/index.js";
import type { Answer, Closing, InspectorConnection } from "./connection.js";
import type { Wire } from "./wire.js";

/** Carries messages to a worker thread over a connection to its process, which is nobody else's and ends with it. */
export class WorkerWire implements Wire {
	readonly ended: Promise<Closing>;
	private closing: Closing | null = null;
	private receive: (text: string) => void = () => {};

	constructor(
		private readonly carrier: InspectorConnection,
		/** The worker's, as the inspector numbers it on this connection. */
		private readonly sessionId: string,
	) {
		this.ended = carrier.ended.then((closing) => this.closing ?? closing);
	}

	/** Takes in what the inspector tells of workers. */
	notice(method: string, params: Answer): void {
		if (params.sessionId !== this.sessionId) return;
		if (method === "NodeWorker.detachedFromWorker") this.end({ kind: "exiting" });
		else if (method === "NodeWorker.receivedMessageFromWorker" && typeof params.message === "string") this.receive(params.message);
	}

	listen(receive: (text: string) => void): void {
		this.receive = receive;
	}

	send(message: string): boolean {
		if (this.closing !== null) return false;
		this.carrier.request("NodeWorker.sendMessageToWorker", { sessionId: this.sessionId, message }).catch(() => {});
		return true;
	}

	end(closing: Closing): void {
		this.closing ??= closing;
		this.carrier.close();
	}
}

/** A worker as the inspector announces it. */
export interface Announced {
	readonly sessionId: string;
	/** As `worker_threads` numbers it. */
	readonly id: number;
	readonly title: string;
}

const TITLE = /^\[worker (\d{1,15})\] ?(.*)$/s;

/** What the inspector announces; null for a worker of which it does not tell the number. */
export function readAnnouncement({ sessionId, workerInfo }: Answer): Announced | null {
	if (typeof sessionId !== "string" || !isRecord(workerInfo) || typeof workerInfo.title !== "string") return null;
	const [, id, name = ""] = TITLE.exec(workerInfo.title) ?? [];
	if (id === undefined) return null;
	const script = typeof workerInfo.url === "string" ? (workerInfo.url.split(/[/\\]/).at(-1) ?? "") : "";
	return { sessionId, id: Number(id), title: titleOf(name, script) };
}

/** Node names those that were given no name in more than one way. */
function titleOf(name: string, script: string): string {
	const given = name === "WorkerThread" ? "" : name;
	const title = given || script || "worker";
	return title.replace(/\p{Cc}/gu, "\u{FFFD}").slice(0, 100);
}
