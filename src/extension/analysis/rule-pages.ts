import * as vscode from "vscode";

/** Opens a rule's page: the one asked for, else that of the finding at the cursor, else one a person picks. */
export async function openRulePage(pages: vscode.Uri, asked: unknown): Promise<void> {
	const rules = (await vscode.workspace.fs.readDirectory(pages)).flatMap(([name]) => (name.endsWith(".md") ? [name.slice(0, -3)] : []));
	const rule = [asked, ruleAtCursor()].find((name) => typeof name === "string" && rules.includes(name));
	const page = rule ?? (await vscode.window.showQuickPick(rules.sort(), { title: "Prisma Leak Lens: rules", placeHolder: "Rule" }));
	if (page !== undefined) await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(pages, `${page}.md`));
}

function ruleAtCursor(): string | undefined {
	const editor = vscode.window.activeTextEditor;
	if (editor === undefined) return undefined;
	const finding = vscode.languages
		.getDiagnostics(editor.document.uri)
		.find(({ source, range }) => source === "Prisma Leak Lens" && range.contains(editor.selection.active));
	return typeof finding?.code === "object" ? String(finding.code.value) : undefined;
}
