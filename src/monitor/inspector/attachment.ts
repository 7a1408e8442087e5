import type { NodeProcess, TargetInfo } from "../../protocol/index.js";
import { countCollections } from "../agent/collections.js";
import { enter, leave, renew } from "../agent/lease.js";
import { measureLoop } from "../agent/loop.js";
import { isReading, prepareReading, type Reading, takeReading } from "../agent/reading.js";
import { waitFor, within } from "../wait-for.js";
import { type Closing, InspectorConnection, type Notifications } from "./connection.js";
import type { InspectorAddress } from "./endpoint-list.js";
import { isTaken } from "./free-port.js";
import { RemoteObjects } from "./remote-objects.js";

const RELEASE_TIMEOUT_MS = 1_000;
/** Readings renew the lease too, but they may be a minute apart. */
const RENEW_MS = 8_000;

/** A target we are connected to. */
export class Attachment {
	private heartbeat: NodeJS.Timeout | undefined;

	constructor(
		readonly target: TargetInfo,
		/** The target as this machine's system sees it; null when it runs elsewhere. */
		readonly process: NodeProcess | null,
		/** Under this name the target keeps what is ours. */
		readonly holder: string,
		private readonly connection: InspectorConnection,
		private readonly address: InspectorAddress,
	) {}

	/** Puts the agent into the target, and keeps it there until the connection ends. */
	async enter(): Promise<void> {
		const parts = [enter, measureLoop, countCollections, prepareReading].map((part) => part(this.holder));
		await this.connection.evaluate(`(${parts.join(", ")}, true)`);
		this.beat();
	}

	/** Whether a debugger uses the same connection. */
	get isShared(): boolean {
		return this.address.shared === true;
	}

	get ended(): Promise<Closing> {
		return this.connection.ended;
	}

	/** Says that we are still here when nothing was asked for a while. Never asks again before the last answer has come. */
	private beat(): void {
		clearTimeout(this.heartbeat);
		this.heartbeat = setTimeout(() => {
			this.connection.evaluate(renew(this.holder)).then(
				() => this.beat(),
				() => {},
			);
		}, RENEW_MS).unref();
	}

	/** Resolves when the target answers, however long that takes; rejects when the connection ends or the answer makes no sense. */
	async read(): Promise<Reading> {
		clearTimeout(this.heartbeat);
		let answer = await this.connection.evaluate(takeReading(this.holder));
		if (answer === null) {
			// A monitor that was suspended finds that its lease ran out meanwhile.
			await this.enter();
			answer = await this.connection.evaluate(takeReading(this.holder));
		}
		this.beat();
		if (!isReading(answer) || answer.pid !== this.target.pid) throw new Error("The target's answer is no measurement of its own process.");
		return answer;
	}

	/** The value of an expression in the target, for the levels. */
	evaluate(expression: string): Promise<unknown> {
		return this.connection.evaluate(expression);
	}

	remoteObjects(group: string): RemoteObjects {
		return new RemoteObjects(this.connection, group);
	}

	/** A second connection to the same target, whose domains are its own. Whoever opens it closes it. */
	connectAgain(notifications: Notifications): Promise<InspectorConnection> {
		return InspectorConnection.open(this.address, notifications);
	}

	/** Leaves the target as it was found: the agent is removed, and its inspector closed if we opened it. A target that does not answer does so by itself when the lease ends. */
	async release(): Promise<void> {
		clearTimeout(this.heartbeat);
		await within(this.connection.evaluate(leave(this.holder)), RELEASE_TIMEOUT_MS).catch(() => null);
		this.connection.close();
		await this.connection.ended;
		if (this.target.openedByUs) await waitFor(async () => ((await isTaken(this.address.port)) ? null : true), RELEASE_TIMEOUT_MS);
	}
}
