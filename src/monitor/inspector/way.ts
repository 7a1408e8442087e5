import { waitFor } from "../wait-for.js";
import type { Attachment } from "./attachment.js";
import { InspectorConnection, type Notifications } from "./connection.js";
import type { InspectorAddress } from "./endpoint-list.js";
import { isTaken } from "./free-port.js";
import { connectToWorker } from "./workers.js";

const CLOSE_TIMEOUT_MS = 1_000;

/** How a target is reached. */
export interface Way {
	/** Whether a debugger uses the same connection. */
	readonly isShared: boolean;
	connectAgain(notifications: Notifications): Promise<InspectorConnection>;
	/** When the target was left: what was only there to reach it is undone. */
	close(): Promise<void>;
}

/** To a process, by its inspector. */
export class InspectorWay implements Way {
	constructor(
		private readonly address: InspectorAddress,
		/** Whether the inspector closes when nobody holds it any more. */
		private readonly closes: boolean,
	) {}

	get isShared(): boolean {
		return this.address.shared === true;
	}

	connectAgain(notifications: Notifications): Promise<InspectorConnection> {
		return InspectorConnection.open(this.address, notifications);
	}

	async close(): Promise<void> {
		if (this.closes) await waitFor(async () => ((await isTaken(this.address.port)) ? null : true), CLOSE_TIMEOUT_MS);
	}
}

/** To a thread, through its process, which is held for as long. */
export class WorkerWay implements Way {
	constructor(
		private readonly process: Attachment,
		private readonly worker: number,
	) {}

	get isShared(): boolean {
		return this.process.isShared;
	}

	async connectAgain(notifications: Notifications): Promise<InspectorConnection> {
		const found = await connectToWorker((carrier) => this.process.connectAgain(carrier), this.worker, notifications);
		if (found === null) throw new Error("The worker has ended.");
		return found.connection;
	}

	close(): Promise<void> {
		return this.process.release();
	}
}
