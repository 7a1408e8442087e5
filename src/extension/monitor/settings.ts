import * as vscode from "vscode";

const SHORTEST_MS = 250;
const LONGEST_MS = 60_000;
const DEFAULT_MS = 1_000;

export interface MonitorSettings {
	/** 250 to 60,000. */
	readonly intervalMs: number;
	readonly allowRemote: boolean;
}

export function monitorSettings(): MonitorSettings {
	const settings = vscode.workspace.getConfiguration("prismaLeakLens.monitor");
	const interval: unknown = settings.get("interval");
	const wanted = typeof interval === "number" && Number.isFinite(interval) ? interval : DEFAULT_MS;
	return { intervalMs: Math.min(LONGEST_MS, Math.max(SHORTEST_MS, wanted)), allowRemote: settings.get("allowRemote") === true };
}
