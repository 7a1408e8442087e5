import * as vscode from "vscode";
import type { MonitorController } from "./controller.js";
import { sessionName } from "./session-names.js";
import type { MonitorSessions } from "./sessions.js";
import type { ShownSession } from "./shown-session.js";

/** The session that a command is about: the one that is shown, else the only one that is attached, else the one a person picks. */
export async function chosenSession(sessions: MonitorSessions, shown: ShownSession, title: string): Promise<MonitorController | undefined> {
	const { attached } = sessions;
	const { session } = shown;
	if (session !== null && attached.includes(session)) return session;
	if (attached.length <= 1) return attached[0] ?? session ?? sessions.all[0]?.controller;
	const items = attached.map((controller) => ({ label: sessionName(controller.state), controller }));
	return (await vscode.window.showQuickPick(items, { title }))?.controller;
}

/** Detaches from the one process that is attached, or from those that a person picks. */
export async function pickAndDetach(sessions: MonitorSessions): Promise<void> {
	const { attached } = sessions;
	if (attached.length <= 1) return sessions.detachAll();
	const items = [
		...attached.map((controller) => ({ label: sessionName(controller.state), detach: () => controller.detach() })),
		{ label: vscode.l10n.t("All {0} processes", attached.length), detach: () => sessions.detachAll() },
	];
	const picked = await vscode.window.showQuickPick(items, {
		title: vscode.l10n.t("Detach memory monitor"),
		placeHolder: vscode.l10n.t("The process runs on"),
	});
	picked?.detach();
}
