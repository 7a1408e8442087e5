import type { NodeProcess, TargetInfo } from "../../protocol/index.js";
import { CLOSE_INSPECTOR } from "../agent/lease.js";
import { isReading, type Reading, takeReading } from "../agent/reading.js";
import { waitFor, within } from "../wait-for.js";
import type { Closing, InspectorConnection } from "./connection.js";
import { isTaken } from "./free-port.js";

const RELEASE_TIMEOUT_MS = 1_000;

/** A target we are connected to. */
export class Attachment {
	constructor(
		readonly target: TargetInfo,
		/** The target as this machine's system sees it; null when it runs elsewhere. */
		readonly process: NodeProcess | null,
		private readonly connection: InspectorConnection,
		private readonly port: number,
	) {}

	get ended(): Promise<Closing> {
		return this.connection.ended;
	}

	/** Resolves when the target answers, however long that takes; rejects when the connection ends or the answer makes no sense. */
	async read(): Promise<Reading> {
		const answer = await this.connection.evaluate(takeReading(this.target.openedByUs));
		if (!isReading(answer) || answer.pid !== this.target.pid) throw new Error("The target's answer is no measurement of its own process.");
		return answer;
	}

	/** Leaves the target as it was found: its inspector is closed if we opened it. A target that does not answer closes it by itself when the lease ends. */
	async release(): Promise<void> {
		const { openedByUs } = this.target;
		if (openedByUs) await within(this.connection.evaluate(CLOSE_INSPECTOR), RELEASE_TIMEOUT_MS).catch(() => null);
		this.connection.close();
		await this.connection.ended;
		if (openedByUs) await waitFor(async () => ((await isTaken(this.port)) ? null : true), RELEASE_TIMEOUT_MS);
	}

	/** Lets go at once. */
	drop(): void {
		this.connection.close();
	}
}
