import * as vscode from "vscode";
import type { Level } from "../../protocol/index.js";
import type { MonitorController } from "./controller.js";
import type { DatabaseUrl } from "./database-url.js";
import { levelItems } from "./level-items.js";
import { sessionName } from "./session-names.js";

/** Offers the levels of the attached process, each with what it costs, and turns the picked one on or off. */
export async function pickLevel(controller: MonitorController, databaseUrl: DatabaseUrl): Promise<void> {
	const items = levelItems(controller.levels);
	if (items.length === 0) {
		void vscode.window.showInformationMessage(vscode.l10n.t("Nothing is attached. Attach the memory monitor to a process first."));
		return;
	}
	const title = vscode.l10n.t("{0}: what the monitor measures beside memory and connections", sessionName(controller.state));
	const placeHolder = vscode.l10n.t("Pick one to turn it on or off");
	const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
	if (picked !== undefined) await turnLevel(controller, databaseUrl, picked.level, picked.on);
}

/** Turns a level on or off; the database's own view needs a URL first. */
export async function turnLevel(controller: MonitorController, databaseUrl: DatabaseUrl, level: Level, on: boolean): Promise<void> {
	if (level === "database" && on) {
		// What was refused is not offered again.
		if (controller.levels.some((one) => one.level === level && one.status === "failed")) await databaseUrl.forget();
		const url = await databaseUrl.get();
		if (url === undefined) return;
		controller.setDatabaseUrl(url);
	}
	controller.setLevel(level, on);
}
