import * as vscode from "vscode";
import {
	CloseAction,
	type ConfigurationRequest,
	ErrorAction,
	type ErrorHandler,
	LanguageClient,
	RevealOutputChannelOn,
	State,
	TransportKind,
} from "vscode-languageclient/node";
import { SETTING_NAMES } from "../../config/index.js";
import { AnalysisMethod, type AnalysisSummary, isAnalysisSummary, OverviewMethod } from "../../protocol/index.js";
import { isMade } from "../made-settings.js";
import { CrashCounter } from "./crash-counter.js";
import { DOCUMENTS } from "./documents.js";
import { explicitSettings } from "./explicit-settings.js";
import { RULE_PAGES } from "./rule-pages.js";

/** Times the server is started again before it stays off. */
const RESTARTS = 3;

const SECTION = "prismaLeakLens";

export interface AnalysisServerOptions {
	readonly extensionUri: vscode.Uri;
	readonly log: vscode.LogOutputChannel;
	readonly onSummary: (summary: AnalysisSummary) => void;
	/** Called with what the server tells of a changed overview. */
	readonly onOverviewChange: (change: unknown) => void;
	/** Called whenever a server process has come up. */
	readonly onRunning: () => void;
	/** Called when the server has crashed too often and stays off. */
	readonly onGivenUp: () => void;
}

/** The process of `dist/server.js` and the language client that speaks to it. */
export class AnalysisServer {
	readonly #crashes = new CrashCounter(RESTARTS);
	readonly #client: LanguageClient;
	readonly #listeners: readonly vscode.Disposable[];

	constructor({ extensionUri, log, onSummary, onOverviewChange, onRunning, onGivenUp }: AnalysisServerOptions) {
		const module = vscode.Uri.joinPath(extensionUri, "dist", "server.js").fsPath;
		const run = { module, transport: TransportKind.ipc };
		this.#client = new QuietClient(
			"prismaLeakLens",
			"Prisma Leak Lens",
			{ run, debug: { ...run, options: { execArgv: ["--enable-source-maps"] } } },
			{
				documentSelector: DOCUMENTS,
				outputChannel: log,
				revealOutputChannelOn: RevealOutputChannelOn.Never,
				// Hovers and hints link to settings, and to nothing else.
				markdown: { isTrusted: { enabledCommands: ["workbench.action.openSettings"] } },
				initializationOptions: { rulePages: RULE_PAGES },
				errorHandler: restarts(this.#crashes, onGivenUp),
				initializationFailedHandler: () => false,
				middleware: { workspace: { configuration: withoutDefaults } },
			},
		);
		this.#listeners = [
			this.#client.onNotification(AnalysisMethod.summaryChanged, (summary: unknown) => {
				if (isAnalysisSummary(summary)) onSummary(summary);
			}),
			this.#client.onNotification(OverviewMethod.changed, onOverviewChange),
			this.#client.onDidChangeState(({ newState }) => {
				if (newState === State.Running) onRunning();
			}),
		];
	}

	get isOff(): boolean {
		return this.#client.state === State.Stopped || this.#client.state === State.StartFailed;
	}

	start(): Promise<void> {
		return this.#client.start();
	}

	async restart(): Promise<void> {
		this.#crashes.reset();
		// A client whose server died while it started has nothing to stop either, though it does not say that it needs a start.
		await (this.isOff || this.#client.needsStart() ? this.#client.start() : this.#client.restart());
	}

	/** Asks the server, and starts it first when it is off. */
	async request<Result>(method: string, params?: unknown): Promise<Result> {
		await this.#client.start();
		return this.#client.sendRequest<Result>(method, params);
	}

	async dispose(): Promise<void> {
		for (const listener of this.#listeners) listener.dispose();
		await this.#client.dispose();
	}
}

/** Puts its errors into the log alone: what a person has to know, `AnalysisServer`'s owner says once and in its own words. */
class QuietClient extends LanguageClient {
	override error(message: string, data?: unknown): void {
		super.error(message, data, false);
	}
}

/** Answers the server's question for settings with those a person has made: VS Code would fill up the others with defaults. */
const withoutDefaults: ConfigurationRequest.MiddlewareSignature = async (params, token, next) => {
	const sections = await next(params, token);
	if (!Array.isArray(sections)) return sections;
	return sections.map((section, index) => {
		const { section: name, scopeUri } = params.items[index] ?? {};
		if (name !== SECTION) return section;
		const made = vscode.workspace.getConfiguration(SECTION, scopeUri === undefined ? null : vscode.Uri.parse(scopeUri));
		return explicitSettings(section, SETTING_NAMES, (setting) => isMade(made, setting));
	});
};

function restarts(crashes: CrashCounter, onGivenUp: () => void): ErrorHandler {
	return {
		error: (error) => ({
			action: ErrorAction.Continue,
			message: vscode.l10n.t("The connection to the analysis failed: {0}", error.message),
			handled: true,
		}),
		closed: () => {
			if (crashes.crashed(Date.now())) {
				return {
					action: CloseAction.Restart,
					message: vscode.l10n.t("The analysis has ended unexpectedly and starts again."),
					handled: true,
				};
			}
			onGivenUp();
			return {
				action: CloseAction.DoNotRestart,
				message: vscode.l10n.t("The analysis has ended unexpectedly too often and stays off."),
				handled: true,
			};
		},
	};
}
