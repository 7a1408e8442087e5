import * as vscode from "vscode";
import type { AnalysisSummary } from "../../protocol/index.js";
import { describeSummary } from "../summary-text.js";

/** How many leaks the workspace has, one click from the tree that lists them. */
export class AnalysisStatus implements vscode.Disposable {
	readonly #item = vscode.window.createStatusBarItem("prismaLeakLens.leaks", vscode.StatusBarAlignment.Left);

	constructor(showCommand: string) {
		this.#item.name = vscode.l10n.t("Prisma Leak Lens: leaks");
		this.#item.command = showCommand;
	}

	show(summary: AnalysisSummary): void {
		const { text, detail } = describeSummary(summary);
		this.#item.text = text;
		this.#item.tooltip = detail;
		this.#item.accessibilityInformation = { label: detail };
		this.#item.show();
	}

	showStopped(): void {
		this.#item.text = `$(search-stop) ${vscode.l10n.t("Prisma leaks: off")}`;
		this.#item.tooltip = vscode.l10n.t('The analysis is off. Run "Prisma Leak Lens: Restart analysis".');
		this.#item.show();
	}

	dispose(): void {
		this.#item.dispose();
	}
}
