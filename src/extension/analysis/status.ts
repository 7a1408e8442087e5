import * as vscode from "vscode";
import type { AnalysisSummary } from "../../protocol/index.js";
import { DOCUMENTS } from "./documents.js";
import { describeSummary } from "./summary-text.js";

/** The entry in the language status of files the analysis reads: what it is doing, and what it has found. */
export class AnalysisStatus implements vscode.Disposable {
	readonly #item = vscode.languages.createLanguageStatusItem("prismaLeakLens.analysis", DOCUMENTS);

	constructor(checkCommand: string) {
		this.#item.name = "Prisma Leak Lens";
		this.#item.command = { title: "Check workspace", command: checkCommand };
		this.#item.text = "Prisma leaks";
		this.#item.busy = true;
	}

	show(summary: AnalysisSummary): void {
		const { text, detail } = describeSummary(summary);
		this.#item.text = text;
		this.#item.detail = detail;
		this.#item.busy = summary.state === "scanning";
		this.#item.severity = summary.state === "failed" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
	}

	showStopped(): void {
		this.#item.text = "Prisma leaks: analysis is off";
		this.#item.detail = 'Run "Prisma Leak Lens: Restart analysis".';
		this.#item.busy = false;
		this.#item.severity = vscode.LanguageStatusSeverity.Error;
	}

	dispose(): void {
		this.#item.dispose();
	}
}
