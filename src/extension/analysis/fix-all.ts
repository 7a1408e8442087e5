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
		placeHolder: vscode.l10n.t("A preview shows the changes first"),
	});
	return picked?.label;
}

/** Tells what a fix of many findings did; places it left alone go to the log, each with its reason. */
export function reportFixes({ outcome, files, refused }: FixAllResult, log: vscode.LogOutputChannel): void {
	for (const { file, line, reason } of refused) log.info(`Left alone: ${file}:${line}. ${reason}`);
	const message = [OUTCOMES[outcome](files), ...leftAlone(refused.length)].join(" ");
	const why = vscode.l10n.t("Show reasons");
	vscode.window.showInformationMessage(message, ...(refused.length === 0 ? [] : [why])).then((chosen) => {
		if (chosen === why) log.show();
	});
}

const OUTCOMES: Readonly<Record<FixAllResult["outcome"], (files: number) => string>> = {
	applied: (files) => vscode.l10n.t("Changed {0}.", filesText(files)),
	declined: () => vscode.l10n.t("Nothing was changed."),
	nothing: () => vscode.l10n.t("There is nothing to fix."),
};

function leftAlone(places: number): readonly string[] {
	if (places === 0) return [];
	return [places === 1 ? vscode.l10n.t("1 place left alone.") : vscode.l10n.t("{0} places left alone.", count(places))];
}
