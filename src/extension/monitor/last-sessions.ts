import type * as vscode from "vscode";
import {
	type Guard,
	isLevel,
	isListOf,
	isRecordingRef,
	isSessionState,
	isShape,
	LEVELS,
	type Level,
	type RecordingRef,
	SESSION_LIMIT,
	type SessionState,
} from "../../protocol/index.js";

/** What has to be known to stand again where a session stood before the window was reloaded. */
export interface Remembered {
	readonly recording: RecordingRef;
	/** The latest state with a target: live, silent, gone or detached. */
	readonly state: TargetState;
	/** Levels that were on. */
	readonly levels: readonly Level[];
}

type TargetState = Extract<SessionState, { target: unknown }>;

const KEY = "prismaLeakLens.lastSessions";

const isTargetState: Guard<TargetState> = (value): value is TargetState => isSessionState(value) && "target" in value;

const isRemembered: Guard<Remembered> = isShape<Remembered>({
	recording: isRecordingRef,
	state: isTargetState,
	levels: isListOf(isLevel, LEVELS.length),
});
const isRememberedList = isListOf(isRemembered, SESSION_LIMIT);

/** The sessions of this workspace's window, kept where a reload does not lose them. */
export class LastSessions {
	constructor(private readonly memento: vscode.Memento) {}

	/** In the order in which they were opened. */
	get(): readonly Remembered[] {
		const value = this.memento.get<unknown>(KEY);
		return isRememberedList(value) ? value : [];
	}

	note(sessions: readonly Remembered[]): void {
		void this.memento.update(KEY, sessions.slice(-SESSION_LIMIT));
	}
}

/** What is to be remembered of a session; null when nothing was recorded of it. */
export function remembered(state: SessionState, recording: string | null, levels: readonly Level[]): Remembered | null {
	if (recording === null || !("target" in state)) return null;
	return { recording: { id: recording, pid: state.target.pid }, state, levels };
}
