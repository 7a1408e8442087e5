import * as vscode from "vscode";
import { SHOW_DASHBOARD } from "./ids.js";
import type { MonitorSessions } from "./sessions.js";
import { statusOfAll } from "./status-text.js";

/** rss and database connections of what is attached, one click from the dashboard. */
export class MonitorStatusBar implements vscode.Disposable {
	readonly #sessions: MonitorSessions;
	readonly #item: vscode.StatusBarItem;
	readonly #unsubscribe: () => void;

	constructor(sessions: MonitorSessions) {
		this.#sessions = sessions;
		this.#item = vscode.window.createStatusBarItem("prismaLeakLens.monitor", vscode.StatusBarAlignment.Right, 100);
		this.#item.name = vscode.l10n.t("Prisma Leak Lens: memory monitor");
		this.#item.command = SHOW_DASHBOARD;
		this.#unsubscribe = sessions.onAny(() => this.#show());
	}

	dispose(): void {
		this.#unsubscribe();
		this.#item.dispose();
	}

	#show(): void {
		const status = statusOfAll(this.#sessions.all.map(({ controller: { state, history } }) => ({ state, latest: history.latest })));
		if (status === null) {
			this.#item.hide();
			return;
		}
		this.#item.text = status.text;
		this.#item.tooltip = status.tooltip;
		this.#item.accessibilityInformation = { label: status.spoken };
		this.#item.show();
	}
}
