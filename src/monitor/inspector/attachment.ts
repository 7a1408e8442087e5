import type { NodeProcess, TargetInfo, WorkerInfo } from "../../protocol/index.js";
import { countCollections } from "../agent/collections.js";
import { enter, leave, renew } from "../agent/lease.js";
import { measureLoop } from "../agent/loop.js";
import { prepareReading, type Reading, readingOf, takeReading } from "../agent/reading.js";
import { within } from "../wait-for.js";
import type { Closing, InspectorConnection, Notifications } from "./connection.js";
import { RemoteObjects } from "./remote-objects.js";
import type { Way } from "./way.js";
import { listWorkers } from "./workers.js";

const RELEASE_TIMEOUT_MS = 1_000;
/** Readings renew the lease too, but they may be a minute apart. */
const RENEW_MS = 8_000;

/** A target we are connected to. */
export class Attachment {
	private heartbeat: NodeJS.Timeout | undefined;

	constructor(
		readonly target: TargetInfo,
		/** The target's process as this machine's system sees it; null when it runs elsewhere. */
		readonly process: NodeProcess | null,
		/** Under this name the target keeps what is ours. */
		readonly holder: string,
		private readonly connection: InspectorConnection,
		private readonly way: Way,
	) {}

	/** Puts the agent into the target, and keeps it there until the connection ends. */
	async enter(): Promise<void> {
		const parts = [enter, measureLoop, countCollections, prepareReading].map((part) => part(this.holder));
		await this.connection.evaluate(`(${parts.join(", ")}, true)`);
		this.beat();
	}

	/** Keeps the target's inspector open until the connection ends, and measures nothing. */
	async hold(): Promise<void> {
		await this.connection.evaluate(`(${enter(this.holder)}, true)`);
		this.beat();
	}

	/** Whether a debugger uses the same connection. */
	get isShared(): boolean {
		return this.way.isShared;
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
		let answer = await this.connection.evaluatePlain(takeReading(this.holder));
		if (answer === null) {
			// A monitor that was suspended finds that its lease ran out meanwhile.
			await this.enter();
			answer = await this.connection.evaluatePlain(takeReading(this.holder));
		}
		this.beat();
		const reading = readingOf(answer);
		if (reading?.pid !== this.target.pid) throw new Error("The target's answer is no measurement of its own process.");
		return reading;
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
		return this.way.connectAgain(notifications);
	}

	/** The worker threads of a process. A thread is not asked for those that it started; a debugger has its own sessions with them. */
	async workers(): Promise<readonly WorkerInfo[]> {
		if (this.target.worker !== undefined || this.isShared) return [];
		return listWorkers((notifications) => this.connectAgain(notifications));
	}

	/** Leaves the target as it was found: the agent is removed, and the inspector closes with its last holder if it was opened for one. A target that does not answer does so by itself when the lease ends. */
	async release(): Promise<void> {
		clearTimeout(this.heartbeat);
		await within(this.connection.evaluate(leave(this.holder)), RELEASE_TIMEOUT_MS).catch(() => null);
		this.connection.close();
		await this.connection.ended;
		await this.way.close();
	}
}
