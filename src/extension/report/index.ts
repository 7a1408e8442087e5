import * as vscode from "vscode";
import type { LeakReportParams } from "../../protocol/index.js";

export const CREATE_REPORT = "prismaLeakLens.createReport";
/** Reports have a scheme of their own: they are shown, not edited, and nothing asks to save them. */
const SCHEME = "prisma-leak-report";

type Format = LeakReportParams["format"];
export type MeasuredParams = Omit<LeakReportParams, "uri" | "format">;

export interface ReportDependencies {
	/** The text of a report; null where no folder is analysed there. */
	report(params: LeakReportParams): Promise<string | null>;
	/** Absolute path of what was recorded last in this workspace; null when nothing was. */
	latestRecording(): Promise<string | null>;
}

/** The command "Create leak report": shows a Markdown report, or saves one as a page with charts. */
export class LeakReports implements vscode.Disposable {
	readonly #dependencies: ReportDependencies;
	readonly #texts = new Map<string, string>();
	readonly #changed = new vscode.EventEmitter<vscode.Uri>();
	readonly #parts: vscode.Disposable;

	constructor(dependencies: ReportDependencies) {
		this.#dependencies = dependencies;
		this.#parts = vscode.Disposable.from(
			this.#changed,
			vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
				onDidChange: this.#changed.event,
				provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? "",
			}),
			vscode.commands.registerCommand(CREATE_REPORT, (asked) => this.#create(asked)),
		);
	}

	dispose(): void {
		this.#parts.dispose();
	}

	/** Shows the report of the folder that a person picks with what was measured. */
	async show(measured: MeasuredParams): Promise<void> {
		const folder = await pickFolder();
		if (folder !== undefined) await this.#make(folder, "markdown", measured);
	}

	/** @param asked `markdown` to show it; whatever else asks a person */
	async #create(asked: unknown): Promise<void> {
		const folder = await pickFolder();
		if (folder === undefined) return;
		const format = asked === "markdown" ? asked : await pickFormat();
		if (format === undefined) return;
		const recording = await this.#dependencies.latestRecording();
		await this.#make(folder, format, { recording, since: null, baseline: null, load: null });
	}

	async #make(folder: vscode.WorkspaceFolder, format: Format, measured: MeasuredParams): Promise<void> {
		try {
			const text = await vscode.window.withProgress(
				{ location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Creating the leak report") },
				() => this.#dependencies.report({ ...measured, uri: folder.uri.toString(), format }),
			);
			if (text === null) throw new Error(vscode.l10n.t("{0} is not analysed.", folder.name));
			await (format === "markdown" ? this.#show(folder, text) : save(folder, text));
		} catch (error) {
			void vscode.window.showErrorMessage(
				vscode.l10n.t("The report could not be made: {0}", error instanceof Error ? error.message : String(error)),
			);
		}
	}

	async #show({ name }: vscode.WorkspaceFolder, text: string): Promise<void> {
		const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${vscode.l10n.t("Leaks in {0}", name)}.md` });
		this.#texts.set(uri.toString(), text);
		this.#changed.fire(uri);
		await vscode.commands.executeCommand("markdown.showPreview", uri);
	}
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
	const [folder, ...others] = vscode.workspace.workspaceFolders ?? [];
	if (folder === undefined)
		void vscode.window.showInformationMessage(vscode.l10n.t("Open the folder of an app to make a report of its leaks."));
	return others.length === 0
		? folder
		: vscode.window.showWorkspaceFolderPick({ placeHolder: vscode.l10n.t("The folder that the report is of") });
}

async function pickFormat(): Promise<Format | undefined> {
	const items = [
		{ label: vscode.l10n.t("Show the report"), description: vscode.l10n.t("Markdown preview"), format: "markdown" },
		{ label: vscode.l10n.t("Save the report with charts…"), description: "HTML", format: "html" },
	] as const;
	return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Create leak report") }))?.format;
}

async function save(folder: vscode.WorkspaceFolder, text: string): Promise<void> {
	const defaultUri = vscode.Uri.joinPath(folder.uri, "leak-report.html");
	const chosen = await vscode.window.showSaveDialog({
		title: vscode.l10n.t("Save the leak report"),
		defaultUri,
		filters: { HTML: ["html"] },
	});
	if (chosen === undefined) return;
	await vscode.workspace.fs.writeFile(chosen, new TextEncoder().encode(text));
	const open = vscode.l10n.t("Open");
	const answer = await vscode.window.showInformationMessage(vscode.l10n.t("Saved to {0}.", chosen.fsPath), open);
	if (answer === open) await vscode.env.openExternal(chosen);
}
