import { join } from "node:path";
import * as vscode from "vscode";
import { CONFIG_FILE, editorSource, readConfigFile, readSetting, SETTINGS, settle, thresholdsOf } from "../../config/index.js";
import type { Thresholds } from "../../protocol/index.js";
import { isMade } from "../made-settings.js";

export interface MonitorSettings {
	/** A whole number within `INTERVAL_MS`. */
	readonly intervalMs: number;
	readonly allowRemote: boolean;
	/** Consent to opening the inspector of the workspace's processes. */
	readonly autoAttach: boolean;
}

/** The monitor's settings; the language server, which reads all of them, tells what is wrong with them. */
export function monitorSettings(): MonitorSettings {
	const sources = [editorSource({ monitor: vscode.workspace.getConfiguration("prismaLeakLens").get("monitor") })];
	return {
		intervalMs: readSetting(SETTINGS.monitorInterval, sources, []),
		allowRemote: readSetting(SETTINGS.monitorAllowRemote, sources, []),
		autoAttach: readSetting(SETTINGS.monitorAutoAttach, sources, []),
	};
}

/** What a process is measured against: the profile of the workspace's first folder, as its config file and a person's settings have it. */
export async function monitorThresholds(): Promise<Thresholds> {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
	const file = folder?.scheme === "file" ? await readConfigFile(join(folder.fsPath, CONFIG_FILE)) : null;
	const made = vscode.workspace.getConfiguration("prismaLeakLens", folder ?? null);
	const names = [SETTINGS.profile.name, SETTINGS.profiles.name].filter((name) => isMade(made, name));
	const values = Object.fromEntries(names.map((name) => [name, made.get<unknown>(name)]));
	const { settings } = settle([...(file?.kind === "read" ? [file.source] : []), editorSource(values)]);
	return thresholdsOf(settings.profile);
}
