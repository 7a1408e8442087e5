import { l10n } from "vscode";
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
		[l10n.t("{0} processes", attached.length), ...sum].join(" · "),
		[l10n.t("Memory (rss) and database connections:"), ...each].join("\n"),
	);
}

function statusLine(state: SessionState, latest: Sample | undefined): readonly string[] {
	if (state.kind === "connecting") return [`${state.step}…`];
	if (!("target" in state)) return [];
	const name = targetName(state.target);
	if (state.kind === "silent") return [l10n.t("{0} does not answer", name)];
	return [latest === undefined ? l10n.t("{0}: no sample yet", name) : `${name}: ${figures(latest)}`];
}

/** What the status bar says of one session; null when there is nothing to say. */
export function statusText(state: SessionState, latest: Sample | undefined): StatusText | null {
	switch (state.kind) {
		case "idle":
			return null;
		case "connecting":
			return text("sync~spin", l10n.t("Attaching…"), state.step);
		case "live":
			return latest === undefined
				? text("pulse", state.target.title, l10n.t("Attached to {0}", targetName(state.target)))
				: text(
						"pulse",
						`${shortened(state.target.title, LONGEST_TITLE)}: ${figures(latest)}`,
						l10n.t("Memory (rss) and database connections of {0}", targetName(state.target)),
					);
		case "silent":
			return text(
				"watch",
				l10n.t("{0} does not answer", state.target.title),
				`${state.reason} ${l10n.t("No answer since {0}.", clock(state.since))}`,
			);
		case "gone":
			return text(
				"circle-slash",
				l10n.t("{0} is gone", state.target.title),
				l10n.t("{0}, at {1}: {2}", targetName(state.target), clock(state.at), state.reason),
			);
		case "detached":
			return text(
				"debug-disconnect",
				l10n.t("Detached"),
				l10n.t("Detached from {0} at {1}; it runs on.", targetName(state.target), clock(state.at)),
			);
		case "error":
			return text("error", l10n.t("Monitor"), `${state.message} ${state.action}`);
	}
}

function figures(sample: Sample): string {
	return l10n.t("{0} · {1} conn", bytes(sample.memory.rss), count(openDatabaseConnections(sample)));
}

function text(icon: string, words: string, tooltip: string): StatusText {
	return { text: `$(${icon}) ${words}`, tooltip, spoken: `Prisma Leak Lens: ${words}. ${tooltip}` };
}
