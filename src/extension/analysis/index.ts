import { setImmediate } from "node:timers/promises";
import * as vscode from "vscode";
import {
	AnalysisMethod,
	type AnalysisSummary,
	type EvidenceParams,
	type FixAllParams,
	type FixAllResult,
	type FixableRule,
	isFixAllParams,
	isLeakList,
	isMemoryCosts,
	isSiteVerdicts,
	type LeakList,
	type LeakQuery,
	type LeakReportParams,
	type MemoryCost,
	OverviewMethod,
	SHOW_LENS_PLACES,
	type SiteVerdict,
	unplaced,
} from "../../protocol/index.js";
import { filesText } from "../quantities.js";
import { countFindings } from "../summary-text.js";
import { LeaksView, registerLeaksView, ruleOfNode, SHOW_LEAKS, unfoundSites } from "../views/index.js";
import type { AnalysisServer, AnalysisServerOptions } from "./analysis-server.js";
import { askWay, pickRule, reportFixes } from "./fix-all.js";
import { showLensPlaces } from "./lens-places.js";
import { RulePages } from "./rule-pages.js";
import { AnalysisStatus } from "./status.js";

const CHECK = "prismaLeakLens.checkWorkspace";
const CANCEL_CHECK = "prismaLeakLens.cancelCheck";
const USE_SINGLETON = "prismaLeakLens.useSingletonEverywhere";
const FIX_RULE = "prismaLeakLens.fixAllOfRule";
const RESTART = "prismaLeakLens.restartAnalysis";
const SHOW_LOG = "prismaLeakLens.showLog";
const OPEN_RULE = "prismaLeakLens.openRuleDocumentation";

export interface AnalysisApi extends vscode.Disposable {
	/** What the analysis has said last of the workspace; null before it has. */
	readonly summary: AnalysisSummary | null;
	/** Shows at the findings what an attached process shows of them; answers per site. */
	showEvidence(params: EvidenceParams): Promise<readonly SiteVerdict[]>;
	/** Findings with their fixes; rejects while the analysis is off. */
	leaks(query: LeakQuery): Promise<LeakList>;
	/** The text of a folder's report, null where the folder is not analysed; rejects while the analysis is off. */
	report(params: LeakReportParams): Promise<string | null>;
	/** `host:port` of the databases that the workspace's own URLs name; none while the analysis is off. */
	databaseEndpoints(): Promise<readonly string[]>;
	/** What clients and connections of the workspace's packages cost by the cost model; none while the analysis is off. */
	memoryCosts(): Promise<readonly MemoryCost[]>;
}

/** Starts the language server, and registers the commands around it. */
export function registerAnalysis(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): AnalysisApi {
	return new AnalysisFeature(context, log);
}

class AnalysisFeature implements AnalysisApi {
	readonly #log: vscode.LogOutputChannel;
	readonly #status = new AnalysisStatus(SHOW_LEAKS);
	readonly #leaks: LeaksView;
	readonly #server: Promise<AnalysisServer>;
	readonly #parts: vscode.Disposable;
	#summary: AnalysisSummary | null = null;
	/** A server that starts anew has to be told again. */
	#evidence: EvidenceParams | null = null;

	constructor({ extensionUri, workspaceState }: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
		this.#log = log;
		const pages = new RulePages(extensionUri);
		this.#leaks = new LeaksView(workspaceState, async () => (await this.#server).request(OverviewMethod.open));
		this.#server = loadServer({
			extensionUri,
			log,
			onSummary: (summary) => this.#show(summary),
			onOverviewChange: (change) => this.#leaks.applyChange(change),
			onRunning: () => {
				this.#leaks.serverStarted();
				if (this.#evidence !== null) void this.showEvidence(this.#evidence);
			},
			onGivenUp: () => this.#giveUp(),
		});
		this.#parts = vscode.Disposable.from(
			this.#status,
			this.#leaks,
			pages,
			registerLeaksView(this.#leaks, (id, run) => this.#command(id, run)),
			this.#command(CHECK, () => this.#check()),
			this.#command(CANCEL_CHECK, async () => (await this.#server).request(AnalysisMethod.cancelScan)),
			this.#command(USE_SINGLETON, () => this.#fixAll({ fix: "use-singleton" })),
			this.#command(FIX_RULE, (selection) => this.#fixAllOfRule(selection)),
			this.#command(RESTART, async () => (await this.#server).restart()),
			this.#command(SHOW_LOG, () => log.show()),
			this.#command(OPEN_RULE, (asked) => pages.open(ruleOfNode(asked))),
			this.#command(SHOW_LENS_PLACES, (lens) =>
				showLensPlaces(lens, async (params) => (await this.#server).request(AnalysisMethod.lensPlaces, params)),
			),
		);
		this.#server
			.then((server) => server.start())
			.catch((error: unknown) => this.#failed(vscode.l10n.t("The analysis could not be started"), error));
	}

	get summary(): AnalysisSummary | null {
		return this.#summary;
	}

	async databaseEndpoints(): Promise<readonly string[]> {
		try {
			const server = await this.#server;
			return server.isOff ? [] : await server.request<readonly string[]>(AnalysisMethod.databaseEndpoints);
		} catch (error) {
			this.#log.warn(`The workspace's databases are unknown: ${messageOf(error)}`);
			return [];
		}
	}

	async memoryCosts(): Promise<readonly MemoryCost[]> {
		try {
			const server = await this.#server;
			const costs = server.isOff ? [] : await server.request(AnalysisMethod.memoryCosts);
			if (!isMemoryCosts(costs)) throw new Error("The analysis answered with something else than costs.");
			return costs;
		} catch (error) {
			this.#log.warn(`What the workspace's clients cost is unknown: ${messageOf(error)}`);
			return [];
		}
	}

	async showEvidence(params: EvidenceParams): Promise<readonly SiteVerdict[]> {
		this.#evidence = params.sites.length === 0 ? null : params;
		try {
			const server = await this.#server;
			if (server.isOff) return this.#unplaced(params);
			const verdicts = await server.request(AnalysisMethod.evidence, params);
			if (!isSiteVerdicts(verdicts)) throw new Error("The analysis answered with something else than verdicts.");
			this.#leaks.showSites(unfoundSites(verdicts));
			return verdicts;
		} catch (error) {
			this.#log.warn(`Where the process makes clients could not be laid beside the findings: ${messageOf(error)}`);
			return this.#unplaced(params);
		}
	}

	/** Without the analysis nothing can be told from what it missed. */
	#unplaced({ sites }: EvidenceParams): readonly SiteVerdict[] {
		this.#leaks.showSites([]);
		return sites.map(unplaced);
	}

	async report(params: LeakReportParams): Promise<string | null> {
		return (await this.#running()).request<string | null>(AnalysisMethod.leakReport, params);
	}

	async leaks(query: LeakQuery): Promise<LeakList> {
		const leaks = await (await this.#running()).request(AnalysisMethod.leakList, query);
		if (!isLeakList(leaks)) throw new Error("The analysis answered with something else than findings.");
		return leaks;
	}

	dispose(): void {
		this.#parts.dispose();
		this.#server
			.then((server) => server.dispose())
			.catch((error: unknown) => console.error(`The analysis did not stop cleanly: ${messageOf(error)}`));
	}

	async #running(): Promise<AnalysisServer> {
		const server = await this.#server;
		if (server.isOff) throw new Error(vscode.l10n.t('The analysis is off. Run "Prisma Leak Lens: Restart analysis".'));
		return server;
	}

	async #check(): Promise<void> {
		const summary = await (await this.#server).request<AnalysisSummary>(AnalysisMethod.scan);
		this.#show(summary);
		if (summary.errors + summary.warnings + summary.infos > 0) {
			await vscode.commands.executeCommand("workbench.actions.view.problems");
			vscode.window.setStatusBarMessage(vscode.l10n.t("Prisma leaks: {0} in {1}", countFindings(summary), filesText(summary.files)), 5_000);
		} else if (summary.state === "failed") {
			void this.#offer(vscode.l10n.t("The workspace could not be read."));
		} else if (summary.state === "ready") {
			void vscode.window.showInformationMessage(vscode.l10n.t("No Prisma leaks in {0}.", filesText(summary.files)));
		}
	}

	#show(summary: AnalysisSummary): void {
		this.#summary = summary;
		this.#status.show(summary);
		this.#leaks.showSummary(summary);
	}

	/** From the palette it asks which rule; other parts of the extension say what they want. */
	async #fixAllOfRule(selection: unknown): Promise<void> {
		if (isFixAllParams(selection) && (selection.rule ?? selection.fix) !== undefined) return this.#fixAll(selection);
		const rule = await pickRule((await this.#server).request<readonly FixableRule[]>(AnalysisMethod.fixableRules));
		if (rule !== undefined) await this.#fixAll({ rule });
	}

	async #fixAll(selection: FixAllParams): Promise<void> {
		const server = await this.#server;
		const ask = (how: FixAllParams["how"]) => server.request<FixAllResult>(AnalysisMethod.fixAll, { ...selection, how });
		const plan = await ask("plan");
		if (plan.outcome === "nothing") return reportFixes(plan, this.#log);
		const way = await askWay(plan);
		if (way !== undefined) reportFixes(await ask(way), this.#log);
	}

	#command(id: string, run: (argument: unknown) => unknown): vscode.Disposable {
		return vscode.commands.registerCommand(id, async (argument: unknown) => {
			try {
				await run(argument);
			} catch (error) {
				this.#failed(vscode.l10n.t("The command could not be carried out"), error);
			}
		});
	}

	#giveUp(): void {
		this.#status.showStopped();
		this.#leaks.showStopped();
		void this.#offer(vscode.l10n.t("The analysis of Prisma leaks has ended several times within a few minutes and stays off."));
	}

	#failed(what: string, error: unknown): void {
		this.#log.error(error instanceof Error ? error : String(error));
		void this.#offer(`${what}: ${messageOf(error)}`);
	}

	async #offer(message: string): Promise<void> {
		const restart = vscode.l10n.t("Restart analysis");
		const showLog = vscode.l10n.t("Show log");
		const chosen = await vscode.window.showErrorMessage(message, restart, showLog);
		if (chosen === restart) await vscode.commands.executeCommand(RESTART);
		if (chosen === showLog) this.#log.show();
	}
}

/** The language client is most of the code of the extension: it is loaded when `activate` has returned, not while VS Code waits. */
async function loadServer(options: AnalysisServerOptions): Promise<AnalysisServer> {
	await setImmediate();
	const { AnalysisServer } = await import("./analysis-server.js");
	return new AnalysisServer(options);
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
