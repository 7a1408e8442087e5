import { isDeepStrictEqual } from "node:util";
import {
	CodeLensRefreshRequest,
	type Connection,
	DidChangeConfigurationNotification,
	DidChangeWatchedFilesNotification,
	type InitializeParams,
	MessageType,
	ShowMessageNotification,
} from "vscode-languageserver/node";
import { AnalysisMethod, type AnalysisSummary, isShape, isString, type OverviewChange } from "../protocol/index.js";
import { WATCHERS } from "./watch.js";

const SECTION = "prismaLeakLens";

/** What an editor may pass as `initializationOptions`. */
const isOptions = isShape<{ rulePages: string }>({ rulePages: isString });

/** The other end of the connection: what it can do, what it wants, what it is told. */
export class Editor {
	readonly connection: Connection;
	readonly #warned = new Set<string>();
	#capabilities: InitializeParams["capabilities"] = {};
	#rulePages: string | null = null;
	#summary: AnalysisSummary | null = null;

	constructor(connection: Connection) {
		this.connection = connection;
	}

	initialize({ capabilities, initializationOptions }: InitializeParams): void {
		this.#capabilities = capabilities;
		if (isOptions(initializationOptions)) this.#rulePages = initializationOptions.rulePages;
	}

	get rulePages(): string | null {
		return this.#rulePages;
	}

	get reportsFolders(): boolean {
		return this.#capabilities.workspace?.workspaceFolders === true;
	}

	/** Asks to be told about settings and files, where the editor can. */
	async subscribe(): Promise<void> {
		const { workspace } = this.#capabilities;
		if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
			await this.connection.client.register(DidChangeConfigurationNotification.type, { section: [SECTION, "files.exclude"] });
		}
		if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
			await this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
		}
	}

	/** What the editor's settings say for a folder: our section, and `files.exclude`. Nothing where the editor cannot be asked. */
	async configurationOf(folderUri: string): Promise<{ readonly section: unknown; readonly filesExclude: unknown }> {
		if (this.#capabilities.workspace?.configuration !== true) return { section: undefined, filesExclude: undefined };
		const items = [SECTION, "files.exclude"].map((section) => ({ scopeUri: folderUri, section }));
		const [section, filesExclude]: unknown[] = await this.connection.workspace.getConfiguration(items);
		return { section, filesExclude };
	}

	/** Shows what is wrong with the settings, each problem once. */
	warn(problems: readonly string[]): void {
		for (const problem of problems) {
			if (this.#warned.has(problem)) continue;
			this.#warned.add(problem);
			this.show(MessageType.Warning, `Prisma Leak Lens: ${problem}`);
		}
	}

	/** Has the editor ask again for inlay hints and code lenses, where it can. */
	refreshHints(): void {
		const { workspace } = this.#capabilities;
		const failed = (error: unknown) => this.failed("Refreshing the hints", error);
		if (workspace?.inlayHint?.refreshSupport === true) this.connection.languages.inlayHint.refresh().catch(failed);
		if (workspace?.codeLens?.refreshSupport === true) this.connection.sendRequest(CodeLensRefreshRequest.type).catch(failed);
	}

	/** Says what the findings come to, where it is something else than before. */
	summarise(summary: AnalysisSummary): void {
		if (isDeepStrictEqual(summary, this.#summary)) return;
		this.#summary = summary;
		this.tell(AnalysisMethod.summaryChanged, summary);
	}

	tell(method: string, params: AnalysisSummary | OverviewChange): void {
		this.connection.sendNotification(method, params).catch((error: unknown) => this.failed("A report", error));
	}

	/** Shows a message without waiting for an answer, and without one being owed. */
	show(type: MessageType, message: string): void {
		this.connection
			.sendNotification(ShowMessageNotification.type, { type, message })
			.catch((error: unknown) => this.failed("Showing a message", error));
	}

	log(message: string): void {
		this.connection.console.info(message);
	}

	failed(what: string, error: unknown): void {
		const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
		this.connection.console.error(`${what} failed. The analysis goes on. ${detail}`);
	}
}
