import type { SessionState } from "../protocol/index.js";

/** What `monitor` ends with in this state of its session; null while it goes on. */
export function exitCode(state: SessionState): number | null {
	switch (state.kind) {
		case "detached":
		case "idle":
			return 0;
		case "gone":
			return 1;
		case "error":
			return 2;
		default:
			return null;
	}
}
