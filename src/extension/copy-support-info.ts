import * as vscode from "vscode";
import { SETTING_NAMES } from "../config/index.js";
import { plural } from "../protocol/index.js";
import type { AnalysisApi } from "./analysis/index.js";
import { isMade } from "./made-settings.js";
import type { MonitorApi } from "./monitor/index.js";
import { supportText } from "./support-info.js";

/** Puts on the clipboard what a bug report needs, and shows it, so that a person sees what they hand on. */
export async function copySupportInfo(version: string, analysis: AnalysisApi, monitor: MonitorApi): Promise<void> {
	const made = vscode.workspace.getConfiguration("prismaLeakLens");
	const text = supportText({
		version,
		editor: vscode.version,
		host: vscode.env.remoteName ?? vscode.env.appHost,
		platform: `${process.platform} ${process.arch}`,
		node: process.versions.node,
		folders: vscode.workspace.workspaceFolders?.length ?? 0,
		isTrusted: vscode.workspace.isTrusted,
		analysis: describe(analysis),
		settings: SETTING_NAMES.filter((name) => isMade(made, name)),
		monitor: monitor.state.kind,
		levels: monitor.levels.filter(({ status }) => status === "on").map(({ level }) => level),
	});
	await vscode.env.clipboard.writeText(text);
	const show = vscode.l10n.t("Show");
	const message = vscode.l10n.t("Versions and states are on the clipboard. They hold no paths and no code.");
	const chosen = await vscode.window.showInformationMessage(message, show);
	if (chosen === show) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: text }));
}

/** Whoever reads a report reads English. */
function describe({ summary }: AnalysisApi): string | null {
	if (summary === null) return null;
	const { state, errors, warnings, infos, files } = summary;
	return `${state}, ${[plural(errors, "error"), plural(warnings, "warning"), plural(infos, "note")].join(", ")} in ${plural(files, "file")}`;
}
