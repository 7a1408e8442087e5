import * as vscode from "vscode";
import { type ExportFormat, formatSamples } from "../../monitor/index.js";
import type { Sample } from "../../protocol/index.js";

const FORMATS: readonly (vscode.QuickPickItem & { readonly format: ExportFormat })[] = [
	{ label: "CSV", description: "a table with a head, for spreadsheets", format: "csv" },
	{ label: "JSON lines", description: "a sample a line, with all that was measured", format: "jsonl" },
];

/** Saves samples where and as the reader chooses. */
export async function saveSamples(samples: readonly Sample[]): Promise<void> {
	const title = `Export the ${samples.length} samples in view`;
	const picked = await vscode.window.showQuickPick(FORMATS, { title });
	if (picked === undefined) return;
	await save("samples", picked.format, Buffer.from(formatSamples(samples, picked.format)));
}

/** @param png in base64 */
export async function savePicture(name: string, png: string): Promise<void> {
	await save(name, "png", Buffer.from(png, "base64"));
}

/** @param name becomes the proposed file's name, letters, digits and hyphens of it */
async function save(name: string, ending: string, content: Uint8Array): Promise<void> {
	const file = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.${ending}`;
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/");
	const chosen = await vscode.window.showSaveDialog({ title: `Save ${file}`, defaultUri: vscode.Uri.joinPath(folder, file) });
	if (chosen !== undefined) await vscode.workspace.fs.writeFile(chosen, content);
}
