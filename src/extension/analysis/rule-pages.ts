import * as vscode from "vscode";
import { reportedFindings } from "../diagnostics.js";

/** Pages have a scheme of their own, so that they open rendered wherever the extension is installed (manifest, editorAssociations). */
const SCHEME = "prisma-leak-lens";

/** URI of the folder of pages, with a slash at its end. */
export const RULE_PAGES = `${SCHEME}:/rules/`;

/** The documentation of the rules: a page `docs/rules/<rule>.md` each. */
export class RulePages implements vscode.Disposable {
	readonly #folder: vscode.Uri;
	readonly #provider: vscode.Disposable;

	constructor(extensionUri: vscode.Uri) {
		this.#folder = vscode.Uri.joinPath(extensionUri, "docs", "rules");
		this.#provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
			provideTextDocumentContent: async ({ path }) => {
				const page = vscode.Uri.joinPath(this.#folder, path.slice(path.lastIndexOf("/") + 1));
				return new TextDecoder().decode(await vscode.workspace.fs.readFile(page));
			},
		});
	}

	/** Opens the page asked for, else that of the finding at the cursor, else one a person picks. */
	async open(asked: unknown): Promise<void> {
		const files = await vscode.workspace.fs.readDirectory(this.#folder);
		const rules = files.flatMap(([name]) => (name.endsWith(".md") ? [name.slice(0, -".md".length)] : [])).sort();
		const known = [asked, ruleAtCursor()].find((name) => typeof name === "string" && rules.includes(name));
		const rule =
			known ??
			(await vscode.window.showQuickPick(rules, { title: vscode.l10n.t("Prisma Leak Lens: rules"), placeHolder: vscode.l10n.t("Rule") }));
		if (rule !== undefined) await vscode.commands.executeCommand("vscode.open", vscode.Uri.parse(`${RULE_PAGES}${rule}.md`));
	}

	dispose(): void {
		this.#provider.dispose();
	}
}

function ruleAtCursor(): string | undefined {
	const editor = vscode.window.activeTextEditor;
	if (editor === undefined) return undefined;
	return reportedFindings(editor.document.uri).find(({ diagnostic }) => diagnostic.range.contains(editor.selection.active))?.rule;
}
