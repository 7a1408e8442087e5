import * as vscode from "vscode";
import type { TextRange } from "../protocol/index.js";

/** Findings count lines and columns from 1, VS Code from 0. */
export function toRange({ line, column, endLine, endColumn }: TextRange): vscode.Range {
	return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}
