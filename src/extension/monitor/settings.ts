import * as vscode from "vscode";
import { INTERVAL_MS } from "../../protocol/index.js";

const DEFAULT_MS = 1_000;

export interface MonitorSettings {
	/** A whole number within `INTERVAL_MS`. */
	readonly intervalMs: number;
	readonly allowRemote: boolean;
}

export function monitorSettings(): MonitorSettings {
	const settings = vscode.workspace.getConfiguration("prismaLeakLens.monitor");
	const interval: unknown = settings.get("interval");
	const wanted = typeof interval === "number" && Number.isFinite(interval) ? interval : DEFAULT_MS;
	return {
		intervalMs: Math.round(Math.min(INTERVAL_MS.max, Math.max(INTERVAL_MS.min, wanted))),
		allowRemote: settings.get("allowRemote") === true,
	};
}
