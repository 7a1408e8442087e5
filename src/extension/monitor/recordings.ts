import { basename } from "node:path";
import * as vscode from "vscode";
import {
	deleteRecording,
	type ExportFormat,
	entriesOf,
	exportRecording,
	importRecording,
	listRecordings,
	type RecordingEntry,
	type RecordingInfo,
	recordingPath,
	samplesOf,
} from "../../monitor/index.js";
import type { RecordingOptions, RecordingRef, RecordingStatus, Sample } from "../../protocol/index.js";
import { recordingItem, recordingTitle } from "./recording-items.js";

/** A day of samples, one a second, takes about a third of it. */
const LIMIT_BYTES = 200e6;

/** What was recorded of the processes this workspace watched: kept in VS Code's storage, outside the workspace. */
export class Recordings {
	readonly #folder: string;
	#problem: string | null = null;

	constructor(
		storage: vscode.Uri,
		private readonly log: vscode.LogOutputChannel,
	) {
		this.#folder = vscode.Uri.joinPath(storage, "recordings").fsPath;
	}

	/** @param continues the recording to go on with; null begins one */
	options(continues: RecordingRef | null): RecordingOptions {
		return { folder: this.#folder, continues, limitBytes: LIMIT_BYTES };
	}

	/** Samples of a recording, the oldest first. */
	samples(id: string): AsyncIterable<Sample> {
		return samplesOf(this.pathOf(id));
	}

	/** Samples and marks of a recording, the oldest first; in the end, what kept the rest from being read. */
	entries(id: string): AsyncGenerator<RecordingEntry, string | null> {
		return entriesOf(this.pathOf(id));
	}

	/** Absolute path of a recording's folder. */
	pathOf(id: string): string {
		return recordingPath(this.#folder, id);
	}

	/** The latest first. */
	list(): Promise<readonly RecordingInfo[]> {
		return listRecordings(this.#folder);
	}

	/** A problem is told once; the session goes on without a recording. */
	tell({ id, problem }: RecordingStatus): void {
		if (problem === null) this.log.info(`Monitor: recording ${id}`);
		else if (problem !== this.#problem) void vscode.window.showWarningMessage(problem);
		this.#problem = problem;
	}

	/** Lists the recordings, and offers what can be done with one; `open` shows it in the dashboard. */
	async choose(open: (recording: RecordingInfo) => Promise<void>): Promise<void> {
		const recorded = await this.list();
		const items: (vscode.QuickPickItem & { readonly recording?: RecordingInfo })[] = [
			...recorded.map(recordingItem),
			{ label: "$(cloud-download) Import a recording…" },
		];
		const placeHolder =
			recorded.length === 0 ? "Nothing was recorded yet: attach the memory monitor to a process" : "Open, export or delete one";
		const picked = await vscode.window.showQuickPick(items, { title: "Recordings of the memory monitor", placeHolder });
		if (picked === undefined) return;
		if (picked.recording === undefined) await this.#import();
		else await this.#offer(picked.recording, open);
	}

	async #offer(recording: RecordingInfo, open: (recording: RecordingInfo) => Promise<void>): Promise<void> {
		const actions = [
			{ label: "Open in the dashboard", run: () => open(recording) },
			{ label: "Export as JSON lines", run: () => this.#export(recording, "jsonl") },
			{ label: "Export as CSV", run: () => this.#export(recording, "csv") },
			{ label: "Delete", run: () => this.#delete(recording) },
		];
		const picked = await vscode.window.showQuickPick(actions, { title: recordingTitle(recording) });
		await picked?.run();
	}

	async #export({ id, target }: RecordingInfo, format: ExportFormat): Promise<void> {
		const name = `${basename(target.title).replace(/[^\w.-]/g, "_")}-${id}.${format}`;
		const defaultUri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/"), name);
		const chosen = await vscode.window.showSaveDialog({ title: "Export the recording", defaultUri });
		if (chosen === undefined) return;
		const damage = await exportRecording(this.#folder, id, chosen.fsPath, format);
		const note = damage === null ? "" : " It is damaged; what comes before the damage was exported.";
		void vscode.window.showInformationMessage(`Exported to ${chosen.fsPath}.${note}`);
	}

	async #delete(recording: RecordingInfo): Promise<void> {
		const sure = await vscode.window.showWarningMessage(`Delete the recording of ${recordingTitle(recording)}?`, { modal: true }, "Delete");
		if (sure !== undefined) await deleteRecording(this.#folder, recording.id);
	}

	async #import(): Promise<void> {
		const [chosen] =
			(await vscode.window.showOpenDialog({ title: "Import a recording", filters: { "JSON lines": ["jsonl", "ndjson"] } })) ?? [];
		if (chosen === undefined) return;
		try {
			const { samples, brokenLine } = await importRecording(this.#folder, chosen.fsPath);
			const note = brokenLine === null ? "" : ` Line ${brokenLine} is no sample; what follows it was left out.`;
			void vscode.window.showInformationMessage(`Imported ${samples} samples.${note}`);
		} catch (error) {
			void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
		}
	}
}
