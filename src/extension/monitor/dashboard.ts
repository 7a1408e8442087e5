import * as vscode from "vscode";
import { DASHBOARD_VIEW } from "./ids.js";
import { DashboardPanel, type PanelActions } from "./panel.js";
import type { ShownSession } from "./shown-session.js";
import type { Stage } from "./stage.js";

/** Opens the one dashboard of this window, shows it again, and takes it over after the window was reloaded. */
export class DashboardView implements vscode.Disposable, vscode.WebviewPanelSerializer {
	readonly #extensionUri: vscode.Uri;
	readonly #stage: Stage;
	readonly #shown: ShownSession;
	readonly #actions: PanelActions;
	readonly #registration: vscode.Disposable;
	#panel: DashboardPanel | null = null;

	constructor(extensionUri: vscode.Uri, stage: Stage, shown: ShownSession, actions: PanelActions) {
		this.#extensionUri = extensionUri;
		this.#stage = stage;
		this.#shown = shown;
		this.#actions = actions;
		this.#registration = vscode.window.registerWebviewPanelSerializer(DASHBOARD_VIEW, this);
	}

	show(): void {
		if (this.#panel === null) {
			const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
			this.#adopt(vscode.window.createWebviewPanel(DASHBOARD_VIEW, vscode.l10n.t("Memory Monitor"), place));
		} else this.#panel.reveal();
	}

	async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
		this.#adopt(panel);
	}

	dispose(): void {
		this.#registration.dispose();
		this.#panel?.dispose();
	}

	#adopt(webviewPanel: vscode.WebviewPanel): void {
		this.#panel?.dispose();
		const panel = new DashboardPanel(webviewPanel, this.#extensionUri, this.#stage, this.#shown, this.#actions);
		this.#panel = panel;
		panel.onDidDispose(() => {
			panel.dispose();
			if (this.#panel === panel) this.#panel = null;
		});
	}
}
