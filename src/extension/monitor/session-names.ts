import { type SessionState, targetName } from "../../protocol/index.js";

/** So that what stands beside it stays in view. */
export function shortened(title: string, longest: number): string {
	return title.length <= longest ? title : `${title.slice(0, longest - 1)}…`;
}

/** What a session watches, or was to watch. */
export function sessionName(state: SessionState): string {
	if ("target" in state) return targetName(state.target);
	return state.kind === "connecting" ? "attaching" : "nothing attached";
}
