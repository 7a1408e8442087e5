import { PassThrough } from "node:stream";
import { createConnection } from "vscode-languageserver/node";
import {
	type ConfigurationParams,
	createProtocolConnection,
	DidChangeTextDocumentNotification,
	DidOpenTextDocumentNotification,
	InitializedNotification,
	type InitializeParams,
	InitializeRequest,
	type InitializeResult,
	LogMessageNotification,
	type ProgressToken,
	type ProtocolConnection,
	PublishDiagnosticsNotification,
	type PublishDiagnosticsParams,
	type RegistrationParams,
	RegistrationRequest,
	ShowMessageNotification,
	StreamMessageReader,
	StreamMessageWriter,
	WorkDoneProgress,
	WorkDoneProgressCreateRequest,
} from "vscode-languageserver-protocol/node";
import { AnalysisMethod } from "../../../src/protocol/index.js";
import { type CreateAnalysis, startServer } from "../../../src/server/start.js";

/** Everything VS Code can do that the server asks about. */
export const CAPABILITIES: InitializeParams["capabilities"] = {
	window: { workDoneProgress: true },
	workspace: {
		workspaceFolders: true,
		configuration: true,
		applyEdit: true,
		didChangeConfiguration: { dynamicRegistration: true },
		didChangeWatchedFiles: { dynamicRegistration: true },
		inlayHint: { refreshSupport: true },
		codeLens: { refreshSupport: true },
		workspaceEdit: { documentChanges: true, resourceOperations: ["create"], changeAnnotationSupport: {} },
	},
};

/** A language client as an editor has one: it speaks JSON-RPC and keeps what the server published. */
export class TestClient {
	readonly published: PublishDiagnosticsParams[] = [];
	readonly registrations: RegistrationParams["registrations"] = [];
	readonly progress: { readonly token: ProgressToken; readonly kind: "begin" | "report" | "end" }[] = [];
	readonly shown: string[] = [];
	readonly logged: string[] = [];
	readonly #waiting = new Set<() => void>();
	/** The section `prismaLeakLens` of the editor's settings. */
	settings: unknown = null;
	/** What some folders have of that section instead, by URI. */
	readonly folderSettings = new Map<string, unknown>();
	filesExclude: unknown = null;

	constructor(readonly connection: ProtocolConnection) {
		connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
			this.published.push(params);
			this.notify();
		});
		connection.onNotification(ShowMessageNotification.type, ({ message }) => {
			this.shown.push(message);
			this.notify();
		});
		connection.onNotification(LogMessageNotification.type, ({ message }) => {
			this.logged.push(message);
			this.notify();
		});
		connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
			this.registrations.push(...registrations);
		});
		connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
			connection.onProgress(WorkDoneProgress.type, token, ({ kind }) => {
				this.progress.push({ token, kind });
				this.notify();
			});
		});
		connection.onRequest("workspace/configuration", ({ items }: ConfigurationParams) =>
			items.map(({ section, scopeUri = "" }) => {
				if (section === "files.exclude") return this.filesExclude;
				return this.folderSettings.has(scopeUri) ? this.folderSettings.get(scopeUri) : this.settings;
			}),
		);
		connection.listen();
	}

	async initialize(folders: readonly string[], params: Partial<InitializeParams> = {}): Promise<InitializeResult> {
		const result = await this.connection.sendRequest(InitializeRequest.type, {
			processId: null,
			rootUri: null,
			capabilities: CAPABILITIES,
			workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
			...params,
		});
		await this.connection.sendNotification(InitializedNotification.type, {});
		return result;
	}

	/** Resolves when the server has handled everything sent before. */
	async handled(): Promise<void> {
		await this.connection.sendRequest(AnalysisMethod.summary);
	}

	open(uri: string, text: string, languageId = "typescript"): Promise<void> {
		return this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } });
	}

	change(uri: string, version: number, text: string): Promise<void> {
		return this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri, version },
			contentChanges: [{ text }],
		});
	}

	/** The last list published for a file; null when none was. */
	diagnostics(uri: string): PublishDiagnosticsParams | null {
		return this.published.findLast((params) => params.uri === uri) ?? null;
	}

	/** Resolves with the first value of `probe` that is not null; it is asked again whenever something came in. */
	async until<T>(what: string, probe: () => T | null, timeoutMs = 5_000): Promise<T> {
		const end = Date.now() + timeoutMs;
		for (;;) {
			const value = probe();
			if (value !== null) return value;
			if (Date.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}.`);
			await new Promise<void>((resolve) => {
				const wake = () => {
					clearTimeout(timer);
					this.#waiting.delete(wake);
					resolve();
				};
				const timer = setTimeout(wake, 20);
				this.#waiting.add(wake);
			});
		}
	}

	notify(): void {
		for (const wake of [...this.#waiting]) wake();
	}
}

/** A server and a client that talk JSON-RPC over two streams. */
export function connect(createAnalysis: CreateAnalysis): TestClient {
	const toServer = new PassThrough();
	const toClient = new PassThrough();
	startServer(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), createAnalysis);
	return new TestClient(createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer)));
}
