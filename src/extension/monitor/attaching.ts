import * as vscode from "vscode";
import { type AttachTarget, isAttached, type RecordingRef, type SessionState } from "../../protocol/index.js";
import { attachWithProgress } from "./attach.js";
import type { MonitorController } from "./controller.js";
import { knownEndpoints } from "./known-endpoints.js";
import type { Recordings } from "./recordings.js";
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

	/** Shows the process. One that is watched already is only shown. */
	async attach(target: AttachTarget): Promise<SessionState> {
		const { sessions, shown } = this.#dependencies;
		const watching = watchedAlready(sessions, target);
		if (watching !== undefined) {
			shown.show(watching);
			return watching.state;
		}
		const session = this.#sessionForNext();
		shown.show(session);
		sessions.closeEnded(session);
		return this.attachTo(session, target, null);
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
		if (state.kind === "error") void vscode.window.showErrorMessage(`${state.message} ${state.action}`);
		return state;
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
	if (target.kind === "pid") return sessions.watching(target.pid);
	return target.kind === "worker" && target.of.kind === "pid" ? sessions.watching(target.of.pid, target.worker) : undefined;
}
