import * as vscode from "vscode";
import { count, type FixAllResult, type FixableRule } from "../../protocol/index.js";
import { filesText, findingsText } from "../quantities.js";

/** Asks which rule's findings to fix; undefined when there are none, or the person went away. */
export async function pickRule(rules: Promise<readonly FixableRule[]>): Promise<string | undefined> {
	const items = rules.then((found) => found.map(({ rule, findings }) => ({ label: rule, description: findingsText(findings) })));
	if ((await items).length === 0) {
		void vscode.window.showInformationMessage(vscode.l10n.t("No finding has a fix."));
		return undefined;
	}
	const picked = await vscode.window.showQuickPick(items, {
		title: vscode.l10n.t("Fix all of a rule"),
		placeHolder: vscode.l10n.t("You are asked before anything is changed"),
	});
	return picked?.label;
}

/** Asks whether the changes are to be made at once, or each to be seen and ticked first; undefined when the person went away. */
export async function askWay({ label, notes, files, refused }: FixAllResult): Promise<"apply" | "preview" | undefined> {
	const apply = vscode.l10n.t("Apply");
	const preview = vscode.l10n.t("Preview Each Change");
	const detail = [
		...notes,
		...leftAlone(refused.length),
		vscode.l10n.t("One undo takes it back in all files. In the preview, tick the changes you want."),
	];
	const question = vscode.l10n.t("{0}: change {1}?", label, filesText(files));
	const chosen = await vscode.window.showInformationMessage(question, { modal: true, detail: detail.join("\n\n") }, apply, preview);
	if (chosen === undefined) return undefined;
	return chosen === apply ? "apply" : "preview";
}

/** Tells what a fix of many findings did; places it left alone go to the log, each with its reason. */
export function reportFixes({ outcome, files, refused }: FixAllResult, log: vscode.LogOutputChannel): void {
	for (const { file, line, reason } of refused) log.info(`Left alone: ${file}:${line}. ${reason}`);
	const message = [outcomeText(outcome, files), ...leftAlone(refused.length)].join(" ");
	const why = vscode.l10n.t("Show reasons");
	vscode.window.showInformationMessage(message, ...(refused.length === 0 ? [] : [why])).then((chosen) => {
		if (chosen === why) log.show();
	});
}

function outcomeText(outcome: FixAllResult["outcome"], files: number): string {
	switch (outcome) {
		case "applied":
			return vscode.l10n.t("Changed {0}.", filesText(files));
		case "ticked":
			return vscode.l10n.t("The ticked changes were made.");
		case "planned":
		case "declined":
			return vscode.l10n.t("Nothing was changed.");
		case "nothing":
			return vscode.l10n.t("There is nothing to fix.");
	}
}

function leftAlone(places: number): readonly string[] {
	if (places === 0) return [];
	return [places === 1 ? vscode.l10n.t("1 place left alone.") : vscode.l10n.t("{0} places left alone.", count(places))];
}
