import { bytes, clock, count, openDatabaseConnections, type Sample, type SessionState } from "../../protocol/index.js";

export interface StatusText {
	/** With codicons. */
	readonly text: string;
	readonly tooltip: string;
	/** For screen readers: the same without icons. */
	readonly spoken: string;
}

/** What the status bar says; null when there is nothing to say. */
export function statusText(state: SessionState, latest: Sample | undefined): StatusText | null {
	switch (state.kind) {
		case "idle":
			return null;
		case "connecting":
			return text("sync~spin", "Attaching…", state.step);
		case "live":
			return latest === undefined
				? text("pulse", state.target.title, `Attached to ${nameOf(state.target)}`)
				: text("pulse", figures(latest), `Memory (rss) and database connections of ${nameOf(state.target)}`);
		case "silent":
			return text("watch", `${state.target.title} does not answer`, `${state.reason} No answer since ${clock(state.since)}.`);
		case "gone":
			return text("circle-slash", `${state.target.title} is gone`, `${nameOf(state.target)}, at ${clock(state.at)}: ${state.reason}`);
		case "detached":
			return text("debug-disconnect", "Detached", `Detached from ${nameOf(state.target)} at ${clock(state.at)}; it runs on.`);
		case "error":
			return text("error", "Monitor", `${state.message} ${state.action}`);
	}
}

function figures(sample: Sample): string {
	return `${bytes(sample.memory.rss)} · ${count(openDatabaseConnections(sample))} conn`;
}

function nameOf({ title, pid }: { readonly title: string; readonly pid: number }): string {
	return `${title} (pid ${pid})`;
}

function text(icon: string, words: string, tooltip: string): StatusText {
	return { text: `$(${icon}) ${words}`, tooltip, spoken: `Prisma Leak Lens: ${words}. ${tooltip}` };
}
