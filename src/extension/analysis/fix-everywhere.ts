import * as vscode from "vscode";
import type { FixAllResult } from "../../protocol/index.js";
import { plural } from "./summary-text.js";

/** Tells what "Use singleton everywhere" did; places it left alone go to the log, each with its reason. */
export function reportFixes({ outcome, files, refused }: FixAllResult, log: vscode.LogOutputChannel): void {
	for (const { file, line, reason } of refused) log.info(`Left alone: ${file}:${line}. ${reason}`);
	const message = `${OUTCOMES[outcome](files)}${refused.length === 0 ? "" : ` ${plural(refused.length, "place")} left alone.`}`;
	const why = "Show reasons";
	vscode.window.showInformationMessage(message, ...(refused.length === 0 ? [] : [why])).then((chosen) => {
		if (chosen === why) log.show();
	});
}

const OUTCOMES: Readonly<Record<FixAllResult["outcome"], (files: number) => string>> = {
	applied: (files) => `Changed ${plural(files, "file")} to use the singleton.`,
	declined: () => "Nothing was changed.",
	nothing: () => "No client can be replaced by a singleton.",
};
