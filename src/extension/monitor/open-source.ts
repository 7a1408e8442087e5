import * as vscode from "vscode";
import { DASHBOARD_VIEW } from "./ids.js";

/** Opens a source at a place that the monitor speaks of. Where the dashboard is in view it stays there: another group shows the source. */
export async function openSource(uri: vscode.Uri, selection: vscode.Range): Promise<void> {
	await vscode.window.showTextDocument(uri, { selection, viewColumn: columnForSource() });
}

function columnForSource(): vscode.ViewColumn {
	const groups = vscode.window.tabGroups.all;
	const isDashboard = ({ activeTab }: vscode.TabGroup): boolean =>
		// VS Code puts a word of its own before the type that the extension gave.
		activeTab?.input instanceof vscode.TabInputWebview && activeTab.input.viewType.endsWith(DASHBOARD_VIEW);
	if (!groups.some(isDashboard)) return vscode.ViewColumn.Active;
	return groups.find((group) => !isDashboard(group))?.viewColumn ?? vscode.ViewColumn.Beside;
}
