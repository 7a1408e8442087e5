import type * as vscode from "vscode";
import type { RecordingInfo } from "../../monitor/index.js";
import { bytes, clock } from "../../protocol/index.js";

/** A recording to be picked. */
export interface RecordingItem extends vscode.QuickPickItem {
	readonly recording: RecordingInfo;
}

export function recordingItem(recording: RecordingInfo): RecordingItem {
	return { label: recordingTitle(recording), description: bytes(recording.bytes), recording };
}

export function recordingTitle({ target, startedAt }: RecordingInfo): string {
	return `${target.title} · pid ${target.pid} · ${new Date(startedAt).toLocaleDateString()} ${clock(startedAt)}`;
}
