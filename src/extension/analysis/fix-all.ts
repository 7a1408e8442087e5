import * as vscode from "vscode";
import { type FixAllResult, type FixableRule, plural } from "../../protocol/index.js";

/** Asks which rule's findings to fix; undefined when there are none, or the person went away. */
export async function pickRule(rules: Promise<readonly FixableRule[]>): Promise<string | undefined> {
	const items = rules.then((found) => found.map(({ rule, findings }) => ({ label: rule, description: plural(findings, "finding") })));
	if ((await items).length === 0) {
		void vscode.window.showInformationMessage("No finding has a fix.");
		return undefined;
	}
	const picked = await vscode.window.showQuickPick(items, { title: "Fix all of a rule", placeHolder: "A preview shows the changes first" });
	return picked?.label;
}

/** Tells what a fix of many findings did; places it left alone go to the log, each with its reason. */
export function reportFixes({ outcome, files, refused }: FixAllResult, log: vscode.LogOutputChannel): void {
	for (const { file, line, reason } of refused) log.info(`Left alone: ${file}:${line}. ${reason}`);
	const message = `${OUTCOMES[outcome](files)}${refused.length === 0 ? "" : ` ${plural(refused.length, "place")} left alone.`}`;
	const why = "Show reasons";
	vscode.window.showInformationMessage(message, ...(refused.length === 0 ? [] : [why])).then((chosen) => {
		if (chosen === why) log.show();
	});
}

const OUTCOMES: Readonly<Record<FixAllResult["outcome"], (files: number) => string>> = {
	applied: (files) => `Changed ${plural(files, "file")}.`,
	declined: () => "Nothing was changed.",
	nothing: () => "There is nothing to fix.",
};
