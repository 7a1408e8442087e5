import * as vscode from "vscode";

/** A diagnostic of ours. */
export interface ReportedFinding {
	readonly uri: vscode.Uri;
	readonly diagnostic: vscode.Diagnostic;
	/** The rule's id. */
	readonly rule: string;
}

/** What the analysis reports, in the order in which VS Code lists it; of all documents, or of one. */
export function reportedFindings(uri?: vscode.Uri): readonly ReportedFinding[] {
	const listed: readonly (readonly [vscode.Uri, readonly vscode.Diagnostic[]])[] =
		uri === undefined ? vscode.languages.getDiagnostics() : [[uri, vscode.languages.getDiagnostics(uri)]];
	return listed.flatMap(([at, diagnostics]) =>
		diagnostics.flatMap((diagnostic) =>
			diagnostic.source === "Prisma Leak Lens" ? [{ uri: at, diagnostic, rule: ruleOf(diagnostic) }] : [],
		),
	);
}

/** The code, which is an object where it also leads to the rule's page. */
function ruleOf({ code }: vscode.Diagnostic): string {
	return String(typeof code === "object" ? code.value : code);
}
