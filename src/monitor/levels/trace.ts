import { dropPart } from "../agent/lease.js";
import { startTrace, TRACE_PART } from "../agent/trace.js";
import type { Attachment } from "../inspector/attachment.js";

export async function setTraceHook(attachment: Attachment): Promise<void> {
	await attachment.evaluate(startTrace(attachment.holder));
}

export async function removeTraceHook(attachment: Attachment): Promise<void> {
	await attachment.evaluate(dropPart(attachment.holder, TRACE_PART));
}
