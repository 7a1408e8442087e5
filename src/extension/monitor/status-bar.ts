import * as vscode from "vscode";
import type { MonitorController } from "./controller.js";
import { SHOW_DASHBOARD } from "./ids.js";
import { statusText } from "./status-text.js";

/** rss and database connections of the attached process, one click from the dashboard. */
export class MonitorStatusBar implements vscode.Disposable {
	readonly #controller: MonitorController;
	readonly #item: vscode.StatusBarItem;
	readonly #unsubscribe: () => void;

	constructor(controller: MonitorController) {
		this.#controller = controller;
		this.#item = vscode.window.createStatusBarItem("prismaLeakLens.monitor", vscode.StatusBarAlignment.Right, 100);
		this.#item.name = "Prisma Leak Lens: memory monitor";
		this.#item.command = SHOW_DASHBOARD;
		this.#unsubscribe = controller.onChange(() => this.#show());
	}

	dispose(): void {
		this.#unsubscribe();
		this.#item.dispose();
	}

	#show(): void {
		const { state, history } = this.#controller;
		const status = statusText(state, history.latest);
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
