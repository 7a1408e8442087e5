import type * as vscode from "vscode";
import { type Guard, isRecordingRef, isSessionState, isShape, type RecordingRef, type SessionState } from "../../protocol/index.js";

/** What has to be known to stand again where a window stood that was reloaded. */
export interface Remembered {
	readonly recording: RecordingRef;
	/** The latest state with a target: live, silent, gone or detached. */
	readonly state: TargetState;
}

type TargetState = Extract<SessionState, { target: unknown }>;

const KEY = "prismaLeakLens.lastSession";

const isTargetState: Guard<TargetState> = (value): value is TargetState => isSessionState(value) && "target" in value;

const isRemembered: Guard<Remembered> = isShape<Remembered>({ recording: isRecordingRef, state: isTargetState });

/** The session of this workspace's window, kept where a reload does not lose it. */
export class LastSession {
	constructor(private readonly memento: vscode.Memento) {}

	get(): Remembered | null {
		const value = this.memento.get<unknown>(KEY);
		return isRemembered(value) ? value : null;
	}

	/** @param recording id of what is being recorded; null when nothing is */
	note(state: SessionState, recording: string | null): void {
		if (recording === null || !("target" in state)) return;
		const remembered: Remembered = { recording: { id: recording, pid: state.target.pid }, state };
		void this.memento.update(KEY, remembered);
	}
}
