import * as vscode from "vscode";
import { SEVERITIES, type Severity } from "../../protocol/index.js";
import { severityName } from "./filter-text.js";
import type { LeakFilter } from "./leak-filter.js";

interface SeverityItem extends vscode.QuickPickItem {
	readonly severity: Severity;
}

/** Asks for words and severities, and shows what they leave while a person types. Escape brings the filter back that was there before. */
export function pickFilter(before: LeakFilter, show: (filter: LeakFilter) => void): void {
	const picker = vscode.window.createQuickPick<SeverityItem>();
	const items = SEVERITIES.map((severity) => ({ label: severityName(severity), severity, alwaysShow: true }));
	picker.title = vscode.l10n.t("Filter Prisma leaks");
	picker.placeholder = vscode.l10n.t("Words in the message, the rule or the file");
	picker.canSelectMany = true;
	picker.items = items;
	picker.selectedItems = items.filter(({ severity }) => before.severities.includes(severity));
	picker.value = before.text;
	let accepted = false;
	const update = () => {
		const chosen = picker.selectedItems.map(({ severity }) => severity);
		show({ text: picker.value, severities: chosen.length === 0 ? SEVERITIES : SEVERITIES.filter((one) => chosen.includes(one)) });
	};
	picker.onDidChangeValue(update);
	picker.onDidChangeSelection(update);
	picker.onDidAccept(() => {
		accepted = true;
		picker.hide();
	});
	picker.onDidHide(() => {
		if (!accepted) show(before);
		picker.dispose();
	});
	picker.show();
}
