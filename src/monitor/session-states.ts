/** How a session says in words that attaching failed or a target was lost. */
import type { NodeProcess, SessionState, TargetInfo } from "../protocol/index.js";
import { AttachError } from "./inspector/attach-error.js";
import type { Closing } from "./inspector/connection.js";
import { WatchedAlready } from "./watched-targets.js";

export type StateOf<K extends SessionState["kind"]> = Extract<SessionState, { kind: K }>;

export function reasonOfLoss(target: TargetInfo, process: NodeProcess | null, closing: Closing): string {
	if (process) return "The process runs on, but its inspector was closed by itself or by another tool.";
	if (closing.kind === "exiting") return "The process ended.";
	return `The connection to ${target.inspector} was lost${"detail" in closing ? ` (${closing.detail})` : ""}.`;
}

export function errorState(error: unknown): StateOf<"error"> {
	if (!(error instanceof AttachError))
		return {
			kind: "error",
			message: "Attaching failed.",
			action: "Attach again; if it fails again, report the detail.",
			detail: String(error).slice(0, 1_000),
		};
	const { message, action, detail } = error;
	return {
		kind: "error",
		message,
		action,
		...(detail === undefined ? {} : { detail: detail.slice(0, 1_000) }),
		...(error instanceof WatchedAlready ? { watched: error.identity } : {}),
	};
}

export function violationState(target: TargetInfo, detail: string): SessionState {
	return {
		kind: "error",
		message: `What answers at ${target.inspector} does not behave like a Node inspector, so the connection was closed.`,
		action: "Check the address, and attach again.",
		detail,
	};
}
