import type * as vscode from "vscode";

/** Whether a person has set this setting, at any level; else VS Code answers with its default. */
export function isMade(configuration: vscode.WorkspaceConfiguration, name: string): boolean {
	const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect(name) ?? {};
	return [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
}
