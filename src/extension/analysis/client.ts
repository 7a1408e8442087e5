import * as vscode from "vscode";
import {
	CloseAction,
	ErrorAction,
	type ErrorHandler,
	LanguageClient,
	RevealOutputChannelOn,
	TransportKind,
} from "vscode-languageclient/node";
import type { CrashCounter } from "./crash-counter.js";
import { RULE_PAGES } from "./rule-pages.js";

/** Documents whose text the server follows: sources, and the two kinds of files that hold pool sizes. */
export const DOCUMENTS = [
	...["typescript", "typescriptreact", "javascript", "javascriptreact"].map((language) => ({ scheme: "file", language })),
	{ scheme: "file", pattern: "**/.env*" },
	{ scheme: "file", pattern: "**/*.prisma" },
];

export interface ClientOptions {
	readonly extensionUri: vscode.Uri;
	readonly log: vscode.LogOutputChannel;
	readonly crashes: CrashCounter;
	/** Called when the server has crashed too often and stays off. */
	readonly onGivenUp: () => void;
}

/** The language client of `dist/server.js`, not started yet. */
export function createClient({ extensionUri, log, crashes, onGivenUp }: ClientOptions): LanguageClient {
	const module = vscode.Uri.joinPath(extensionUri, "dist", "server.js").fsPath;
	const run = { module, transport: TransportKind.ipc };
	return new LanguageClient(
		"prismaLeakLens",
		"Prisma Leak Lens",
		{ run, debug: { ...run, options: { execArgv: ["--enable-source-maps"] } } },
		{
			documentSelector: DOCUMENTS,
			outputChannel: log,
			revealOutputChannelOn: RevealOutputChannelOn.Never,
			initializationOptions: { rulePages: RULE_PAGES },
			errorHandler: restarts(crashes, onGivenUp),
		},
	);
}

function restarts(crashes: CrashCounter, onGivenUp: () => void): ErrorHandler {
	return {
		error: (error) => ({ action: ErrorAction.Continue, message: `The connection to the analysis failed: ${error.message}`, handled: true }),
		closed: () => {
			if (crashes.crashed(Date.now())) {
				return { action: CloseAction.Restart, message: "The analysis has ended unexpectedly and starts again.", handled: true };
			}
			onGivenUp();
			return { action: CloseAction.DoNotRestart, message: "The analysis has ended unexpectedly too often and stays off.", handled: true };
		},
	};
}
