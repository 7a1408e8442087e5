import { targetName } from "../../protocol/index.js";
import { within } from "../wait-for.js";
import { ATTACH_AGAIN, AttachError } from "./attach-error.js";
import type { Attachment } from "./attachment.js";

const ANSWER_TIMEOUT_MS = 5_000;

/** Puts what measures into the target, or what only holds it. What it cannot take in is released; rejects with an `AttachError` then. */
export async function settleIn(attachment: Attachment, how: "enter" | "hold"): Promise<Attachment> {
	const failure = await within(
		attachment[how]().then(
			() => "",
			(error: unknown) => String(error),
		),
		ANSWER_TIMEOUT_MS,
	);
	if (failure === "") return attachment;
	await attachment.release();
	throw new AttachError(
		`${targetName(attachment.target)} did not take in what measures it.`,
		ATTACH_AGAIN,
		failure ?? "It does not answer: it is stopped, or its event loop is blocked.",
	);
}
