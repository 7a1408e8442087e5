import { summed } from "../../monitor/index.js";
import {
	bytes,
	clock,
	count,
	isAttached,
	openDatabaseConnections,
	type Sample,
	type SessionState,
	targetName,
} from "../../protocol/index.js";
import { shortened } from "./session-names.js";

/** The status bar is for everybody. */
const LONGEST_TITLE = 24;

export interface StatusText {
	/** With codicons. */
	readonly text: string;
	readonly tooltip: string;
	/** For screen readers: the same without icons. */
	readonly spoken: string;
}

export interface SessionStatus {
	readonly state: SessionState;
	readonly latest: Sample | undefined;
}

/** What the status bar says of all sessions: of several that are attached, their sum, and each below it. Null when there is nothing to say. */
export function statusOfAll(sessions: readonly SessionStatus[]): StatusText | null {
	const attached = sessions.filter(({ state }) => isAttached(state.kind));
	const [only] = attached.length > 0 ? attached : sessions.toReversed().filter(({ state }) => state.kind !== "idle");
	if (attached.length < 2) return only === undefined ? null : statusText(only.state, only.latest);
	const samples = attached.flatMap(({ latest }) => latest ?? []);
	const sum = samples.length === 0 ? [] : [figures(summed(samples))];
	const each = attached.flatMap(({ state, latest }) => statusLine(state, latest));
	return text(
		"pulse",
		[`${attached.length} processes`, ...sum].join(" · "),
		["Memory (rss) and database connections:", ...each].join("\n"),
	);
}

function statusLine(state: SessionState, latest: Sample | undefined): readonly string[] {
	if (state.kind === "connecting") return [`${state.step}…`];
	if (!("target" in state)) return [];
	const said = state.kind === "silent" ? "does not answer" : latest === undefined ? "no sample yet" : figures(latest);
	return [`${targetName(state.target)}: ${said}`];
}

/** What the status bar says of one session; null when there is nothing to say. */
export function statusText(state: SessionState, latest: Sample | undefined): StatusText | null {
	switch (state.kind) {
		case "idle":
			return null;
		case "connecting":
			return text("sync~spin", "Attaching…", state.step);
		case "live":
			return latest === undefined
				? text("pulse", state.target.title, `Attached to ${targetName(state.target)}`)
				: text(
						"pulse",
						`${shortened(state.target.title, LONGEST_TITLE)}: ${figures(latest)}`,
						`Memory (rss) and database connections of ${targetName(state.target)}`,
					);
		case "silent":
			return text("watch", `${state.target.title} does not answer`, `${state.reason} No answer since ${clock(state.since)}.`);
		case "gone":
			return text("circle-slash", `${state.target.title} is gone`, `${targetName(state.target)}, at ${clock(state.at)}: ${state.reason}`);
		case "detached":
			return text("debug-disconnect", "Detached", `Detached from ${targetName(state.target)} at ${clock(state.at)}; it runs on.`);
		case "error":
			return text("error", "Monitor", `${state.message} ${state.action}`);
	}
}

function figures(sample: Sample): string {
	return `${bytes(sample.memory.rss)} · ${count(openDatabaseConnections(sample))} conn`;
}

function text(icon: string, words: string, tooltip: string): StatusText {
	return { text: `$(${icon}) ${words}`, tooltip, spoken: `Prisma Leak Lens: ${words}. ${tooltip}` };
}
