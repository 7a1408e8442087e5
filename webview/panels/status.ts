import { clock, duration, isAttached, plural, type ReplayState, type ShownState, type TargetInfo } from "../../src/protocol/index.js";
import type { View } from "../store.js";

export type Shape = "ring" | "dots" | "disc" | "bars" | "square" | "diamond" | "triangle" | "play";

/** A session's state in words for people, and a shape, so that colour is never needed to tell it. */
export interface Status {
	readonly word: string;
	readonly shape: Shape;
	readonly tone: "quiet" | "good" | "warning" | "bad";
	/** What is attached. */
	readonly target: string;
	/** What there is to know about the state, in a sentence. */
	readonly message: string;
	/** Folded away. */
	readonly detail?: string;
}

export function statusOf(view: View): Status {
	if (view.state.kind === "replay") return sessionStatus(view.state, view.received);
	const status = view.watched.shown === "all" ? sumStatus(view) : sessionStatus(view.state, view.received);
	if (view.choices.standing === null) return status;
	const message = `The view stands at ${clock(view.to)}, ${duration(view.behind)} behind.`;
	return view.state.kind === "live" || view.state.kind === "silent"
		? { ...status, word: "Paused", shape: "bars", tone: "warning", message: `${message} Sampling goes on.` }
		: { ...status, message: `${status.message} ${message}` };
}

/** The state is that of the process that is best off. */
function sumStatus({ state, received, watched }: View): Status {
	const attached = watched.sessions.filter((session) => isAttached(session.state));
	if (attached.length === 0) return sessionStatus(state, received);
	const { word, shape, tone } = sessionStatus(state, received);
	const target = `${plural(attached.length, "process", "processes")}, summed`;
	const message =
		"Memory and counts of all, added up, and averages over all. Percentiles and the event loop are those of the worst of them.";
	return { word, shape, tone, target, message };
}

function sessionStatus(state: ShownState, received: number): Status {
	switch (state.kind) {
		case "idle":
			return { word: "Nothing attached", shape: "ring", tone: "quiet", target: "", message: kept(received) };
		case "connecting":
			return { word: "Connecting", shape: "dots", tone: "quiet", target: "", message: `${state.step}…` };
		case "live":
			return { word: "Live", shape: "disc", tone: "good", target: nameOf(state.target), message: liveMessage(state.target, state.since) };
		case "silent": {
			const message = `No answer since ${clock(state.since)}: ${state.reason}`;
			return { word: "Not answering", shape: "diamond", tone: "warning", target: nameOf(state.target), message };
		}
		case "gone": {
			const successor = state.successorPid === undefined ? "" : ` Process ${state.successorPid} followed it.`;
			const message = `Ended at ${clock(state.at)}: ${state.reason}${successor} ${kept(received)}`;
			return { word: "Process gone", shape: "square", tone: "bad", target: nameOf(state.target), message };
		}
		case "detached": {
			const message = `Detached at ${clock(state.at)}. The process runs on. ${kept(received)}`;
			return { word: "Detached", shape: "ring", tone: "quiet", target: nameOf(state.target), message };
		}
		case "replay":
			return { word: "Replay", shape: "play", tone: "quiet", target: `${state.name} · pid ${state.pid}`, message: replayMessage(state) };
		case "error":
			return {
				word: "Error",
				shape: "triangle",
				tone: "bad",
				target: "",
				message: `${state.message} ${state.action}`,
				...(state.detail === undefined ? {} : { detail: state.detail }),
			};
	}
}

function nameOf({ title, pid, worker, nodeVersion }: TargetInfo): string {
	const thread = worker === undefined ? "" : ` · worker ${worker.id}, ${worker.title}`;
	return `${title} · pid ${pid}${thread} · Node ${nodeVersion.replace(/^v/, "")}`;
}

function liveMessage({ inspector, openedByUs, worker }: TargetInfo, since: number): string {
	const shared = worker === undefined ? "" : "rss, native and cpu are those of the whole process · ";
	return `${shared}Since ${clock(since)} · inspector ${inspector}${openedByUs ? ", closed again on detach" : ""}`;
}

function replayMessage({ from, to, damage }: ReplayState): string {
	const recorded = `Recorded on ${new Date(from).toLocaleDateString()}, ${clock(from)} to ${clock(to)}.`;
	return `${recorded} Pausing, notes and measuring more need a running process.${damage === null ? "" : ` ${damage}`}`;
}

function kept(received: number): string {
	return received > 0 ? "What was recorded stays here." : "";
}
