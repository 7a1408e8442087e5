import * as vscode from "vscode";
import type { ShownSite, SiteVerdict } from "../../protocol/index.js";
import { openSource } from "./open-source.js";

/** A place where the process makes clients, and the source that it is. */
export interface LocatedSite {
	readonly shown: ShownSite;
	/** Null when it is no source of the workspace, or could be several. */
	readonly uri: vscode.Uri | null;
}

/** The sites that made most first. */
export function locatedSites(verdicts: readonly SiteVerdict[]): readonly LocatedSite[] {
	return verdicts
		.map(({ file, line, created, live, uri: source, rule }): LocatedSite => {
			const uri = source === null ? null : vscode.Uri.parse(source);
			const name = uri === null ? file : vscode.workspace.asRelativePath(uri);
			return { shown: { file: name, line, created, live, rule, opens: uri !== null }, uri };
		})
		.sort((a, b) => b.shown.created - a.shown.created);
}

export async function openSite({ shown, uri }: LocatedSite): Promise<void> {
	if (uri === null) return;
	await openSource(uri, new vscode.Range(shown.line - 1, 0, shown.line - 1, 0));
}
