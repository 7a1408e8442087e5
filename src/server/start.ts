import {
	CodeActionKind,
	type Connection,
	type DidChangeWatchedFilesParams,
	type InitializeParams,
	type InitializeResult,
	MessageType,
	TextDocumentSyncKind,
	TextDocuments,
	type WorkspaceFoldersChangeEvent,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis, ScanOptions } from "../analysis/index.js";
import { CONFIG_FILE, type Settings } from "../config/index.js";
import { AnalysisMethod, type Finding, isFixAllParams, OverviewMethod } from "../protocol/index.js";
import { codeActions, FIX_ALL_KIND, SHOW_NOTES_COMMAND } from "./code-actions.js";
import { codeLenses } from "./code-lenses.js";
import { toDiagnostic } from "./diagnostics.js";
import { OpenDocuments, type Place } from "./documents.js";
import { Editor } from "./editor.js";
import { takeEvidence } from "./evidence.js";
import { fixAll, fixableRules } from "./fix-all.js";
import { Folder, type FolderHost, type OpenFile } from "./folder.js";
import { folderSettings } from "./folder-settings.js";
import { Folders } from "./folders.js";
import { hover } from "./hover.js";
import { inlayHints } from "./inlay-hints.js";
import { leakList } from "./leak-list.js";
import { leakReportText } from "./leak-report.js";
import { lensPlaces } from "./lens-places.js";
import { OverviewFeed } from "./overview.js";
import { withProgress } from "./progress.js";
import type { Root } from "./root.js";
import { isNoise } from "./watch.js";

export type CreateAnalysis = (root: string, settings: Settings) => Analysis;

/** How long summaries are held back, so that a status item does not flicker while somebody types. */
const SUMMARY_DELAY_MS = 150;

/** Serves one editor over `connection` until it goes away. */
export function startServer(connection: Connection, createAnalysis: CreateAnalysis): void {
	new LanguageServer(connection, createAnalysis).listen();
}

class LanguageServer implements FolderHost {
	readonly #connection: Connection;
	readonly #editor: Editor;
	readonly #createAnalysis: CreateAnalysis;
	readonly #textDocuments = new TextDocuments(TextDocument);
	readonly #documents = new OpenDocuments(this.#textDocuments);
	readonly #folders = new Folders();
	readonly #overview = new OverviewFeed(this.#folders);
	#initialFolders: readonly string[] = [];
	#started: Promise<void> = Promise.resolve();
	#summaryTimer: NodeJS.Timeout | null = null;

	constructor(connection: Connection, createAnalysis: CreateAnalysis) {
		this.#connection = connection;
		this.#editor = new Editor(connection);
		this.#createAnalysis = createAnalysis;
	}

	listen(): void {
		const connection = this.#connection;
		connection.onInitialize((params) => this.#initialize(params));
		connection.onInitialized(() => {
			this.#started = this.#answer("Starting", undefined, () => this.#start());
		});
		connection.onDidChangeConfiguration(() => this.#guard("Taking in the settings", () => this.#configure()));
		connection.onDidChangeWatchedFiles((params) => this.#guard("Taking in changed files", () => this.#refresh(params)));

		this.#textDocuments.onDidChangeContent(({ document }) => this.#edit(document.uri, document.getText()));
		this.#textDocuments.onDidClose(({ document }) => this.#edit(document.uri, undefined));
		this.#textDocuments.listen(connection);

		connection.onCodeAction((params) =>
			this.#answer("Finding fixes", [], () => {
				const found = this.#folders.find(params.textDocument.uri);
				return found === null ? [] : codeActions(found.folder, found.file, params);
			}),
		);
		connection.languages.inlayHint.on(({ textDocument, range }) =>
			this.#answer("Finding hints", [], () => {
				const found = this.#folders.find(textDocument.uri);
				return found === null ? [] : inlayHints(found.folder.hints(found.file), range);
			}),
		);
		connection.onHover(({ textDocument, position }) =>
			this.#answer("Finding what to say", null, () => {
				const found = this.#folders.find(textDocument.uri);
				return found === null ? null : hover(found.folder.notes(found.file), position);
			}),
		);
		connection.onCodeLens(({ textDocument: { uri } }) =>
			this.#answer("Finding code lenses", [], () => {
				const found = this.#folders.find(uri);
				return found === null ? [] : codeLenses(uri, found.folder.lenses(found.file));
			}),
		);
		connection.onExecuteCommand(({ command, arguments: notes }) => {
			if (command === SHOW_NOTES_COMMAND) this.#editor.show(MessageType.Info, `Fixed. ${(notes ?? []).join(" ")}`);
		});
		this.#serve(AnalysisMethod.databaseEndpoints, () => [
			...new Set(this.#folders.all().flatMap((folder) => folder.analysis.databaseEndpoints())),
		]);
		this.#serve(AnalysisMethod.memoryCosts, () => this.#folders.all().flatMap((folder) => folder.analysis.memoryCosts()));
		connection.onRequest(AnalysisMethod.summary, () => this.#folders.summary());
		connection.onRequest(AnalysisMethod.scan, async () => {
			await this.#started;
			await this.#folders.scan();
			return this.#folders.summary();
		});
		connection.onRequest(AnalysisMethod.cancelScan, () => this.#folders.cancelScans());
		connection.onRequest(AnalysisMethod.fixAll, async (params: unknown) => {
			if (!isFixAllParams(params))
				throw new Error(
					`${AnalysisMethod.fixAll} takes {"rule": <id>, "fix": <id>, "uri": <file or folder>, "how": "plan", "preview" or "apply"}.`,
				);
			await this.#settled();
			return fixAll(connection, this.#folders, params);
		});
		this.#serve(AnalysisMethod.fixableRules, () => fixableRules(this.#folders));
		this.#serve(AnalysisMethod.leakList, (query) => leakList(this.#folders, query));
		this.#serve(AnalysisMethod.evidence, (params) => takeEvidence(this.#folders, params));
		this.#serve(AnalysisMethod.leakReport, (params) => leakReportText(this.#folders, params, (message) => this.log(message)));
		connection.onRequest(OverviewMethod.open, () => this.#overview.open());
		connection.onRequest(AnalysisMethod.lensPlaces, (params: unknown) => lensPlaces(this.#folders, params));
		connection.listen();
	}

	placeOf(root: Root, file: string): Place {
		return this.#documents.placeOf(root, file);
	}

	openFiles(folder: Folder): readonly OpenFile[] {
		return this.#documents.all().flatMap((document) => {
			const found = this.#folders.find(document.uri);
			return found?.folder === folder ? [{ file: found.file, text: document.getText() }] : [];
		});
	}

	showProgress(title: string, stop: AbortSignal, scan: (options: ScanOptions) => Promise<void>): Promise<void> {
		return withProgress(this.#connection, title, stop, scan);
	}

	/** A file of a folder within a folder is published by the inner one alone. */
	publish(folder: Folder, file: string, findings: readonly Finding[]): void {
		const { uri, version } = folder.placeOf(file);
		const owner = this.#folders.find(uri)?.folder;
		if (owner !== undefined && owner !== folder) return;
		const context = { rulePages: this.#editor.rulePages, uriOf: (related: string) => folder.placeOf(related).uri };
		const diagnostics = findings.map((finding) => toDiagnostic(finding, context));
		this.#connection
			.sendDiagnostics({ uri, diagnostics, ...(version === null ? {} : { version }) })
			.catch((error: unknown) => this.failed("Publishing diagnostics", error));
	}

	changed(): void {
		this.#summaryTimer ??= setTimeout(() => {
			this.#summaryTimer = null;
			this.#guard("Counting the findings", () => this.#report());
		}, SUMMARY_DELAY_MS);
	}

	#report(): void {
		this.#editor.summarise(this.#folders.summary());
		const changes = this.#overview.changes();
		if (changes !== null) this.#editor.tell(OverviewMethod.changed, changes);
	}

	hintsChanged(): void {
		this.#editor.refreshHints();
	}

	log(message: string): void {
		this.#editor.log(message);
	}

	failed(what: string, error: unknown): void {
		this.#editor.failed(what, error);
	}

	#initialize(params: InitializeParams): InitializeResult {
		this.#editor.initialize(params);
		this.#initialFolders = params.workspaceFolders?.map(({ uri }) => uri) ?? [params.rootUri].filter((uri) => uri !== null);
		return {
			serverInfo: { name: "prisma-leak-lens" },
			capabilities: {
				textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
				codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND] },
				executeCommandProvider: { commands: [SHOW_NOTES_COMMAND] },
				inlayHintProvider: true,
				hoverProvider: true,
				codeLensProvider: {},
				workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
			},
		};
	}

	async #start(): Promise<void> {
		if (this.#editor.reportsFolders) {
			this.#connection.workspace.onDidChangeWorkspaceFolders((event) =>
				this.#guard("Taking in the workspace's folders", () => this.#changeFolders(event)),
			);
		}
		await Promise.all([this.#editor.subscribe(), ...this.#initialFolders.map((uri) => this.#addFolder(uri))]);
	}

	/** Answers a request once everything so far has been taken in. */
	#serve(method: string, answer: (params: unknown) => unknown): void {
		this.#connection.onRequest(method, async (params: unknown) => {
			await this.#settled();
			return answer(params);
		});
	}

	async #settled(): Promise<void> {
		await this.#started;
		await this.#folders.settled();
	}

	/** Files change hands when a folder inside another one comes or goes: the outer one takes back what it said and says it anew. */
	async #changeFolders({ added, removed }: WorkspaceFoldersChangeEvent): Promise<void> {
		const changed = [...added, ...removed].map(({ uri }) => uri);
		const outer = this.#folders.all().filter(({ uri, root }) => changed.some((other) => other !== uri && root.fileOf(other) !== null));
		for (const folder of outer) folder.unpublish();
		for (const { uri } of removed) this.#folders.remove(uri);
		const scans = added.map(({ uri }) => this.#addFolder(uri));
		for (const folder of outer) folder.publish();
		await Promise.all(scans);
		this.changed();
	}

	async #addFolder(uri: string): Promise<void> {
		if (!uri.startsWith("file:")) {
			this.log(`${uri} is not on a disk this machine can read; it is left out.`);
			return;
		}
		const { cancel } = this.#folders;
		const folder = new Folder(uri, await folderSettings(this.#editor, uri), this.#createAnalysis, this);
		this.#folders.add(folder);
		await folder.scan(cancel);
	}

	async #configure(): Promise<void> {
		await Promise.all(this.#folders.all().map((folder) => this.#configureFolder(folder)));
	}

	async #configureFolder(folder: Folder): Promise<void> {
		const { cancel } = this.#folders;
		await folder.configure(await folderSettings(this.#editor, folder.uri), cancel);
		this.#editor.refreshHints();
	}

	#edit(uri: string, text: string | undefined): void {
		this.#guard("Taking in an edit", () => {
			const found = this.#folders.find(uri);
			found?.folder.edit(found.file, text);
		});
	}

	async #refresh({ changes }: DidChangeWatchedFilesParams): Promise<void> {
		const files = new Map<Folder, string[]>();
		for (const { uri } of changes) {
			const found = this.#folders.find(uri);
			if (found === null || isNoise(found.file)) continue;
			files.set(found.folder, [...(files.get(found.folder) ?? []), found.file]);
		}
		await Promise.all(
			[...files].map(async ([folder, changed]) => {
				await folder.refresh(changed);
				if (changed.includes(CONFIG_FILE)) await this.#configureFolder(folder);
			}),
		);
	}

	/** One failure stays one failure: it is logged, and the server serves on. */
	#guard(what: string, work: () => void | Promise<void>): void {
		this.#answer(what, undefined, work);
	}

	#answer<T>(what: string, fallback: T, work: () => T | Promise<T>): Promise<T> {
		return Promise.resolve()
			.then(work)
			.catch((error: unknown) => {
				this.failed(what, error);
				return fallback;
			});
	}
}
