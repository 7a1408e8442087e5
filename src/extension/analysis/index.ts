import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { AnalysisMethod, type AnalysisSummary, type FixAllResult, isAnalysisSummary } from "../../protocol/index.js";
import { createClient } from "./client.js";
import { CrashCounter } from "./crash-counter.js";
import { reportFixes } from "./fix-everywhere.js";
import { RulePages } from "./rule-pages.js";
import { AnalysisStatus } from "./status.js";
import { countFindings, plural } from "./summary-text.js";

const CHECK = "prismaLeakLens.checkWorkspace";
const USE_SINGLETON = "prismaLeakLens.useSingletonEverywhere";
const RESTART = "prismaLeakLens.restartAnalysis";
const SHOW_LOG = "prismaLeakLens.showLog";
const OPEN_RULE = "prismaLeakLens.openRuleDocumentation";

const RESTARTS = 3;

export interface AnalysisApi extends vscode.Disposable {
	/** `host:port` of the databases that the workspace's own URLs name; none while the analysis is off. */
	databaseEndpoints(): Promise<readonly string[]>;
}

/** Starts the language server, and registers the commands around it. */
export function registerAnalysis(extensionUri: vscode.Uri, log: vscode.LogOutputChannel): AnalysisApi {
	return new AnalysisFeature(extensionUri, log);
}

class AnalysisFeature implements AnalysisApi {
	readonly #log: vscode.LogOutputChannel;
	readonly #crashes = new CrashCounter(RESTARTS);
	readonly #status = new AnalysisStatus(CHECK);
	readonly #client: LanguageClient;
	readonly #parts: vscode.Disposable;

	constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel) {
		this.#log = log;
		const pages = new RulePages(extensionUri);
		this.#client = createClient({ extensionUri, log, crashes: this.#crashes, onGivenUp: () => this.#giveUp() });
		this.#parts = vscode.Disposable.from(
			this.#status,
			pages,
			this.#client.onNotification(AnalysisMethod.summaryChanged, (summary: unknown) => {
				if (isAnalysisSummary(summary)) this.#status.show(summary);
			}),
			this.#command(CHECK, () => this.#check()),
			this.#command(USE_SINGLETON, () => this.#useSingleton()),
			this.#command(RESTART, () => this.#restart()),
			this.#command(SHOW_LOG, () => log.show()),
			this.#command(OPEN_RULE, (rule) => pages.open(rule)),
		);
		this.#client.start().catch((error: unknown) => this.#failed("The analysis could not be started", error));
	}

	async databaseEndpoints(): Promise<readonly string[]> {
		if (this.#client.state === State.Stopped || this.#client.state === State.StartFailed) return [];
		try {
			return await this.#request<readonly string[]>(AnalysisMethod.databaseEndpoints);
		} catch (error) {
			this.#log.warn(`The workspace's databases are unknown: ${messageOf(error)}`);
			return [];
		}
	}

	dispose(): void {
		this.#parts.dispose();
		this.#client.dispose().catch((error: unknown) => this.#log.error(`The analysis did not stop cleanly: ${messageOf(error)}`));
	}

	async #check(): Promise<void> {
		const summary = await this.#request<AnalysisSummary>(AnalysisMethod.scan);
		this.#status.show(summary);
		if (summary.errors + summary.warnings + summary.infos > 0) {
			await vscode.commands.executeCommand("workbench.actions.view.problems");
			vscode.window.setStatusBarMessage(`Prisma leaks: ${countFindings(summary)} in ${plural(summary.files, "file")}`, 5_000);
		} else if (summary.state === "ready") {
			void vscode.window.showInformationMessage(`No Prisma leaks in ${plural(summary.files, "file")}.`);
		}
	}

	async #useSingleton(): Promise<void> {
		const result = await this.#request<FixAllResult>(AnalysisMethod.fixAll, { fix: "use-singleton" });
		await reportFixes(result, this.#log);
	}

	async #restart(): Promise<void> {
		this.#crashes.reset();
		await (this.#client.needsStart() ? this.#client.start() : this.#client.restart());
	}

	/** Asks the server, and starts it first when it is off: whoever runs a command wants it on. */
	async #request<Result>(method: string, params?: unknown): Promise<Result> {
		await this.#client.start();
		return this.#client.sendRequest<Result>(method, params);
	}

	#command(id: string, run: (argument: unknown) => unknown): vscode.Disposable {
		return vscode.commands.registerCommand(id, async (argument: unknown) => {
			try {
				await run(argument);
			} catch (error) {
				await this.#failed("The command could not be carried out", error);
			}
		});
	}

	#giveUp(): void {
		this.#status.showStopped();
		void this.#offer(`The analysis of Prisma leaks has ended ${RESTARTS + 1} times in a few minutes and stays off.`);
	}

	async #failed(what: string, error: unknown): Promise<void> {
		this.#log.error(error instanceof Error ? error : String(error));
		await this.#offer(`${what}: ${messageOf(error)}`);
	}

	async #offer(message: string): Promise<void> {
		const chosen = await vscode.window.showErrorMessage(message, "Restart analysis", "Show log");
		if (chosen === "Restart analysis") await vscode.commands.executeCommand(RESTART);
		if (chosen === "Show log") this.#log.show();
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
