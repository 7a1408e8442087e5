import * as vscode from "vscode";
import type { EvidenceParams, ShownSite, SiteVerdict } from "../../protocol/index.js";

/** A place where the process makes clients, and the source that it is. */
export interface LocatedSite {
	readonly shown: ShownSite;
	/** Null when it is no source of the workspace, or could be several. */
	readonly uri: vscode.Uri | null;
}

/** The sites that made most first. Where the analysis is off there are no verdicts, and nothing can be opened. */
export function locatedSites({ sites }: EvidenceParams, verdicts: readonly SiteVerdict[]): readonly LocatedSite[] {
	return sites
		.map(({ file, line, created, live }, index): LocatedSite => {
			const verdict = verdicts[index];
			const uri = verdict?.uri ? vscode.Uri.parse(verdict.uri) : null;
			const name = uri === null ? file : vscode.workspace.asRelativePath(uri);
			const shown = { file: name, line: verdict?.line ?? line, created, live, rule: verdict?.rule ?? null, opens: uri !== null };
			return { shown, uri };
		})
		.sort((a, b) => b.shown.created - a.shown.created);
}

export async function openSite({ shown, uri }: LocatedSite): Promise<void> {
	if (uri === null) return;
	const selection = new vscode.Range(shown.line - 1, 0, shown.line - 1, 0);
	await vscode.window.showTextDocument(uri, { selection, viewColumn: vscode.ViewColumn.One });
}
