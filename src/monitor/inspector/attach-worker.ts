import { randomUUID } from "node:crypto";
import { targetName } from "../../protocol/index.js";
import { isThread, THREAD, workerIdentity } from "../agent/identity.js";
import { within } from "../wait-for.js";
import { AttachError } from "./attach-error.js";
import { Attachment } from "./attachment.js";
import { settleIn } from "./settle-in.js";
import { WorkerWay } from "./way.js";
import { connectToWorker } from "./workers.js";

const ANSWER_TIMEOUT_MS = 5_000;

/**
 * Attaches to a thread of a process that is held, which is released with the thread, or when that cannot be attached to.
 * Rejects with an `AttachError`.
 */
export async function attachToWorker(process: Attachment, worker: number): Promise<Attachment> {
	try {
		return await settleIn(await connect(process, worker), "enter");
	} catch (error) {
		await process.release();
		if (error instanceof AttachError) throw error;
		throw new AttachError(
			`The inspector of ${targetName(process.target)} does not let its workers be reached.`,
			"Watch the process itself.",
			String(error),
		);
	}
}

async function connect(process: Attachment, worker: number): Promise<Attachment> {
	const whose = targetName(process.target);
	const found = await connectToWorker((notifications) => process.connectAgain(notifications), worker);
	if (found === null) throw new AttachError(`${whose} has no worker ${worker}.`, "Choose a worker from a fresh list.");
	const thread = await within(found.connection.evaluate(THREAD), ANSWER_TIMEOUT_MS).catch(() => undefined);
	if (!isThread(thread) || thread.threadId !== worker || thread.pid !== process.target.pid) {
		found.connection.close();
		throw thread === null
			? new AttachError(`Worker ${worker} of ${whose} does not answer.`, "Attach again when it goes on.")
			: new AttachError(`What answers is not worker ${worker} of ${whose}.`, "Choose a worker from a fresh list.");
	}
	const { identity } = process.target;
	const own = identity === undefined ? {} : { identity: workerIdentity(identity, worker) };
	const target = { ...process.target, ...own, worker: found.worker };
	return new Attachment(target, process.process, randomUUID(), found.connection, new WorkerWay(process, worker));
}
