import * as vscode from "vscode";
import { type ExportFormat, formatSamples } from "../../monitor/index.js";
import type { Note, Sample } from "../../protocol/index.js";

/** Saves samples where and as the reader chooses. */
export async function saveSamples(samples: readonly Sample[], notes: readonly Note[]): Promise<void> {
	const title = vscode.l10n.t("Export the {0} samples in view", samples.length);
	const picked = await vscode.window.showQuickPick(formats(), { title });
	if (picked === undefined) return;
	await save("samples", picked.format, Buffer.from(await formatSamples(samples, notes, picked.format)));
}

/** @param png in base64 */
export async function savePicture(name: string, png: string): Promise<void> {
	await save(name, "png", Buffer.from(png, "base64"));
}

function formats(): readonly (vscode.QuickPickItem & { readonly format: ExportFormat })[] {
	return [
		{ label: vscode.l10n.t("CSV"), description: vscode.l10n.t("a table with a head, for spreadsheets"), format: "csv" },
		{ label: vscode.l10n.t("JSON lines"), description: vscode.l10n.t("a sample a line, with all that was measured"), format: "jsonl" },
	];
}

/** @param name becomes the proposed file's name, letters, digits and hyphens of it */
async function save(name: string, ending: string, content: Uint8Array): Promise<void> {
	const file = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.${ending}`;
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/");
	const chosen = await vscode.window.showSaveDialog({
		title: vscode.l10n.t("Save {0}", file),
		defaultUri: vscode.Uri.joinPath(folder, file),
	});
	if (chosen === undefined) return;
	try {
		await vscode.workspace.fs.writeFile(chosen, content);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		void vscode.window.showErrorMessage(vscode.l10n.t("{0} could not be saved: {1}", chosen.fsPath, reason));
	}
}
