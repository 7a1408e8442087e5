import * as vscode from "vscode";
import { type AttachTarget, isAttached, type RecordingRef, type SessionState } from "../../protocol/index.js";
import { attachWithProgress } from "./attach.js";
import type { MonitorController } from "./controller.js";
import { knownEndpoints } from "./known-endpoints.js";
import type { Recordings } from "./recordings.js";
import { sessionName } from "./session-names.js";
import type { MonitorSessions } from "./sessions.js";
import type { ShownSession } from "./shown-session.js";

export interface AttachingDependencies {
	readonly sessions: MonitorSessions;
	readonly shown: ShownSession;
	readonly recordings: Recordings;
	readonly log: vscode.LogOutputChannel;
	/** `host:port` of the databases that the workspace's own URLs name. */
	databaseEndpoints(): Promise<readonly string[]>;
}

/** Attaches to processes, a session each, beside those that are watched already. */
export class Attaching {
	readonly #dependencies: AttachingDependencies;

	constructor(dependencies: AttachingDependencies) {
		this.#dependencies = dependencies;
	}

	/** Shows the process. One that is watched already is only shown: an address may lead to it, which is known once it was asked. */
	async attach(target: AttachTarget): Promise<SessionState> {
		const { sessions, shown } = this.#dependencies;
		const watching = watchedAlready(sessions, target);
		if (watching !== undefined) return this.#showWatched(watching);
		const session = this.#sessionForNext();
		shown.show(session);
		sessions.closeEnded(session);
		const state = await this.attachTo(session, target, null);
		const other = this.#watchedInstead(state);
		if (other === undefined) return state;
		const watched = this.#showWatched(other);
		sessions.closeEnded(other);
		return watched;
	}

	/** One after the other, until one is cancelled. Their sum is shown where there are several. */
	async attachAll(targets: readonly AttachTarget[]): Promise<void> {
		const { sessions, shown } = this.#dependencies;
		for (const target of targets) if ((await this.attach(target)).kind === "idle") break;
		if (targets.length > 1 && sessions.attached.length > 1) shown.choose("all");
	}

	/** @param continues the recording to go on with; null begins one */
	async attachTo(session: MonitorController, target: AttachTarget, continues: RecordingRef | null): Promise<SessionState> {
		const { recordings, log, databaseEndpoints } = this.#dependencies;
		const endpoints = await knownEndpoints(databaseEndpoints, (error) =>
			log.warn(`Monitor: the workspace's databases are not known: ${error}`),
		);
		const state = await attachWithProgress(session, target, endpoints, recordings.options(continues));
		if (state.kind === "error" && this.#watchedInstead(state) === undefined)
			void vscode.window.showErrorMessage(`${state.message} ${state.action}`);
		return state;
	}

	#showWatched(session: MonitorController): SessionState {
		const { state } = session;
		this.#dependencies.shown.show(session);
		void vscode.window.showInformationMessage(vscode.l10n.t("{0} is watched already, and is shown now.", sessionName(state)));
		return state;
	}

	/** The session on what could not be attached to because it is watched already. */
	#watchedInstead(state: SessionState): MonitorController | undefined {
		const identity = state.kind === "error" ? state.watched : undefined;
		return identity === undefined ? undefined : this.#dependencies.sessions.identified(identity);
	}

	/** What ended is followed by what is attached next, on the same chart, where it is what is shown. */
	#sessionForNext(): MonitorController {
		const { sessions, shown } = this.#dependencies;
		const { session } = shown;
		const ended = session !== null && !isAttached(session.state.kind) ? session : undefined;
		const idle = sessions.all.find(({ controller }) => controller.state.kind === "idle")?.controller;
		return ended ?? idle ?? sessions.open();
	}
}

function watchedAlready(sessions: MonitorSessions, target: AttachTarget): MonitorController | undefined {
	const process = target.kind === "worker" ? target.of : target;
	if (process.kind !== "pid") return undefined;
	const { pid, startedAt = null } = process;
	return sessions.watching({ pid, startedAt }, target.kind === "worker" ? target.worker : undefined);
}
