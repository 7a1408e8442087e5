import { targetName } from "../protocol/index.js";
import { workerIdentity } from "./agent/identity.js";
import { AttachError } from "./inspector/attach-error.js";
import type { Attachment } from "./inspector/attachment.js";

/** What is watched already, by its identity. */
export class WatchedAlready extends AttachError {
	constructor(
		message: string,
		readonly identity: string,
	) {
		super(message, "Look at its session, or detach from it first.");
	}
}

/** What the sessions of a monitor watch, so that none is watched twice, whichever way leads to it. */
export class WatchedTargets {
	private readonly identities = new Set<string>();

	/**
	 * Takes a process that is connected to, or a thread of it, until that connection ends. One that does not say who it is may be taken twice.
	 * @throws WatchedAlready
	 */
	take({ target, ended }: Attachment, worker?: number): void {
		if (target.identity === undefined) return;
		const identity = worker === undefined ? target.identity : workerIdentity(target.identity, worker);
		if (this.identities.has(identity)) {
			const what = worker === undefined ? targetName(target) : `Worker ${worker} of ${targetName(target)}`;
			throw new WatchedAlready(`${what} is watched already.`, identity);
		}
		this.identities.add(identity);
		void ended.then(() => this.identities.delete(identity));
	}
}
