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
} from "../../monitor/index.js";
import type { RecordingOptions, RecordingRef, RecordingStatus } from "../../protocol/index.js";
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

	/** Samples and marks of a recording, the oldest first; in the end, what of it could not be read. */
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
			{ label: `$(cloud-download) ${vscode.l10n.t("Import a recording…")}` },
		];
		const placeHolder =
			recorded.length === 0
				? vscode.l10n.t("Nothing was recorded yet: attach the memory monitor to a process")
				: vscode.l10n.t("Open, export or delete one");
		const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Recordings of the memory monitor"), placeHolder });
		if (picked === undefined) return;
		if (picked.recording === undefined) await this.#import();
		else await this.#offer(picked.recording, open);
	}

	async #offer(recording: RecordingInfo, open: (recording: RecordingInfo) => Promise<void>): Promise<void> {
		const actions = [
			{ label: vscode.l10n.t("Open in the dashboard"), run: () => open(recording) },
			{ label: vscode.l10n.t("Export as JSON lines"), run: () => this.#export(recording, "jsonl") },
			{ label: vscode.l10n.t("Export as CSV"), run: () => this.#export(recording, "csv") },
			{ label: vscode.l10n.t("Delete"), run: () => this.#delete(recording) },
		];
		const picked = await vscode.window.showQuickPick(actions, { title: recordingTitle(recording) });
		await picked?.run();
	}

	async #export({ id, target }: RecordingInfo, format: ExportFormat): Promise<void> {
		const name = `${basename(target.title).replace(/[^\w.-]/g, "_")}-${id}.${format}`;
		const defaultUri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/"), name);
		const chosen = await vscode.window.showSaveDialog({ title: vscode.l10n.t("Export the recording"), defaultUri });
		if (chosen === undefined) return;
		const damage = await exportRecording(this.#folder, id, chosen.fsPath, format);
		const notes = damage === null ? [] : [vscode.l10n.t("It is damaged, and what can be read was exported."), damage];
		void vscode.window.showInformationMessage([vscode.l10n.t("Exported to {0}.", chosen.fsPath), ...notes].join(" "));
	}

	async #delete(recording: RecordingInfo): Promise<void> {
		const question = vscode.l10n.t("Delete the recording of {0}?", recordingTitle(recording));
		const sure = await vscode.window.showWarningMessage(question, { modal: true }, vscode.l10n.t("Delete"));
		if (sure !== undefined) await deleteRecording(this.#folder, recording.id);
	}

	async #import(): Promise<void> {
		const filters = { [vscode.l10n.t("JSON lines")]: ["jsonl", "ndjson"] };
		const [chosen] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t("Import a recording"), filters })) ?? [];
		if (chosen === undefined) return;
		try {
			const { samples, brokenLine } = await importRecording(this.#folder, chosen.fsPath);
			const notes = brokenLine === null ? [] : [vscode.l10n.t("Line {0} is no sample; what follows it was left out.", brokenLine)];
			void vscode.window.showInformationMessage([vscode.l10n.t("Imported {0} samples.", samples), ...notes].join(" "));
		} catch (error) {
			void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
		}
	}
}
