import * as vscode from "vscode";
import { editorSource, readSetting, SETTINGS } from "../../config/index.js";

export interface MonitorSettings {
	/** A whole number within `INTERVAL_MS`. */
	readonly intervalMs: number;
	readonly allowRemote: boolean;
}

/** The monitor's settings; the language server, which reads all of them, tells what is wrong with them. */
export function monitorSettings(): MonitorSettings {
	const sources = [editorSource({ monitor: vscode.workspace.getConfiguration("prismaLeakLens").get("monitor") })];
	return {
		intervalMs: readSetting(SETTINGS.monitorInterval, sources, []),
		allowRemote: readSetting(SETTINGS.monitorAllowRemote, sources, []),
	};
}
