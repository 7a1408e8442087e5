import { clock, duration, MARK_LIMIT, type Mark, type Sample, type SessionState } from "../../protocol/index.js";

/** The marks of a session in the order of time; the oldest go when there are too many. */
export class MarkLog {
	#marks: readonly Mark[] = [];

	get marks(): readonly Mark[] {
		return this.#marks;
	}

	/** A note may be about a time that has passed, so its place is found. */
	add(mark: Mark): void {
		this.#marks = [...this.#marks, mark].sort((a, b) => a.t - b.t).slice(-MARK_LIMIT);
	}
}

/** The mark of a sample that does not follow the one before it. */
export function markOfGap(sample: Sample, previous: Sample): Mark {
	const { t, pid } = sample;
	return pid === previous.pid
		? { t, kind: "gap", text: `No samples for ${duration(t - previous.t)}.` }
		: { t, kind: "restart", text: `Process ${pid} is watched; before it was process ${previous.pid}.` };
}

/** The mark of a state that ends the stream of samples; null for one that does not. */
export function markOfState(state: SessionState): Mark | null {
	switch (state.kind) {
		case "gone":
			return { t: state.at, kind: "end", text: `${state.target.title} ended: ${state.reason}` };
		case "detached":
			return { t: state.at, kind: "end", text: `Detached from ${state.target.title} at ${clock(state.at)}.` };
		default:
			return null;
	}
}
