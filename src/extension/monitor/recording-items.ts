import * as vscode from "vscode";
import type { RecordingInfo } from "../../monitor/index.js";
import { bytes, clock } from "../../protocol/index.js";

/** A recording to be picked. */
export interface RecordingItem extends vscode.QuickPickItem {
	readonly recording: RecordingInfo;
}

export function recordingItem(recording: RecordingInfo): RecordingItem {
	const damage = recording.isDamaged ? [vscode.l10n.t("damaged at its beginning; what is left of it can be used")] : [];
	return { label: recordingTitle(recording), description: [bytes(recording.bytes), ...damage].join(" · "), recording };
}

export function recordingTitle({ target, startedAt }: RecordingInfo): string {
	const process = vscode.l10n.t("{0} · pid {1}", target.title, target.pid);
	return `${process} · ${new Date(startedAt).toLocaleDateString()} ${clock(startedAt)}`;
}
