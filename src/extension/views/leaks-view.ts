import * as vscode from "vscode";
import { type AnalysisSummary, isOverview, isOverviewChange, type SiteVerdict } from "../../protocol/index.js";
import { countFindings } from "../summary-text.js";
import { describeFilter } from "./filter-text.js";
import { GroupingChoice } from "./grouping.js";
import type { Leak } from "./leak.js";
import { filterLeaks, isFiltering, type LeakFilter, NO_FILTER } from "./leak-filter.js";
import { LeakStore } from "./leak-store.js";
import { type GroupNode, type LeakNode, leakTree } from "./leak-tree.js";
import { type SiteNode, type SitesNode, type StepNode, toTreeItem, type UnreadFileNode, type UnreadNode } from "./tree-items.js";
import { cleanText, treeText, type ViewState, viewState } from "./view-state.js";

export const LEAKS_VIEW = "prismaLeakLens.leaks";
/** Context keys of the manifest. */
const STATE_KEY = "prismaLeakLens.leaksState";
const FILTERED_KEY = "prismaLeakLens.leaksFiltered";
/** Changes that come within this time are drawn at once. */
const DRAW_DELAY_MS = 100;

type Node = GroupNode | LeakNode | StepNode | SitesNode | SiteNode | UnreadNode | UnreadFileNode;

/** The tree "Prisma leaks": asks for all findings when it is first seen, and follows them from then on. */
export class LeaksView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
	readonly #store = new LeakStore();
	readonly #view: vscode.TreeView<Node>;
	readonly #changed = new vscode.EventEmitter<undefined>();
	readonly #grouping: GroupingChoice;
	readonly #ask: () => Promise<unknown>;
	readonly #parts: vscode.Disposable;
	#summary: AnalysisSummary | null = null;
	#isOff = false;
	/** Whether the server was asked, and whether it has answered. */
	#told: "no" | "asked" | "yes" = "no";
	#filter: LeakFilter = NO_FILTER;
	/** What the filter leaves of the findings, as it was last drawn. */
	#shown: readonly Leak[] = [];
	#sites: readonly SiteVerdict[] = [];
	#timer: NodeJS.Timeout | null = null;
	#finishLoading: (() => void) | null = null;
	readonly onDidChangeTreeData = this.#changed.event;

	/** @param ask requests the overview from the server; rejects while there is none */
	constructor(memory: vscode.Memento, ask: () => Promise<unknown>) {
		this.#ask = ask;
		this.#grouping = new GroupingChoice(memory, () => this.#draw());
		this.#view = vscode.window.createTreeView(LEAKS_VIEW, { treeDataProvider: this, showCollapseAll: true });
		this.#parts = vscode.Disposable.from(
			this.#view,
			this.#changed,
			this.#grouping,
			this.#view.onDidChangeVisibility(() => void this.#open()),
			vscode.workspace.onDidChangeWorkspaceFolders(() => this.#drawSoon()),
		);
		this.#draw();
		void this.#open();
	}

	get filter(): LeakFilter {
		return this.#filter;
	}

	setFilter(filter: LeakFilter): void {
		this.#filter = filter;
		this.#drawSoon();
	}

	showSummary(summary: AnalysisSummary): void {
		this.#summary = summary;
		this.#isOff = false;
		this.#drawSoon();
	}

	showStopped(): void {
		this.#isOff = true;
		this.#drawSoon();
	}

	/** What an attached process makes and the analysis did not find. */
	showSites(sites: readonly SiteVerdict[]): void {
		this.#sites = sites;
		this.#drawSoon();
	}

	/** A server that has just started knows nothing of who asked the one before. */
	serverStarted(): void {
		this.#told = "no";
		this.#isOff = false;
		void this.#open();
	}

	/** Takes in an `OverviewChange`. */
	applyChange(change: unknown): void {
		if (this.#told !== "yes" || !isOverviewChange(change)) return;
		this.#store.apply(change);
		this.#drawSoon();
	}

	getTreeItem(node: Node): vscode.TreeItem {
		return toTreeItem(node);
	}

	getChildren(node?: Node): Node[] {
		if (node === undefined) return [...this.#roots(), ...this.#sitesNode(), ...this.#unreadNode()];
		switch (node.kind) {
			case "sites":
				return node.sites.map((site) => ({ kind: "site", site }));
			case "unread":
				return node.files.map((place) => ({ kind: "unread-file", place }));
			case "leak":
			case "step":
			case "site":
			case "unread-file":
				return [];
			default:
				return [...node.children()];
		}
	}

	dispose(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#finishLoading?.();
		this.#parts.dispose();
	}

	async #open(): Promise<void> {
		if (!this.#view.visible || this.#told !== "no") return;
		this.#told = "asked";
		try {
			const overview = await this.#ask();
			if (!isOverview(overview)) throw new Error("The analysis answered with something else than an overview.");
			this.#store.reset(overview);
			this.#told = "yes";
		} catch {
			// The analysis says itself that it is off; the next start asks again.
			this.#told = "no";
		}
		this.#drawSoon();
	}

	#roots(): readonly Node[] {
		const state = this.#state();
		if (state === "clean") return cleanSteps();
		if (state !== "tree") return [];
		if (this.#shown.length === 0) return [clearFilterStep()];
		return leakTree(this.#shown, { grouping: this.#grouping.current, folders: this.#store.folders });
	}

	#sitesNode(): readonly SitesNode[] {
		return this.#sites.length === 0 ? [] : [{ kind: "sites", sites: this.#sites }];
	}

	#unreadNode(): readonly UnreadNode[] {
		const files = this.#told === "yes" ? this.#store.unread : [];
		return files.length === 0 ? [] : [{ kind: "unread", files }];
	}

	#state(): ViewState {
		return viewState({
			summary: this.#summary,
			isOff: this.#isOff,
			hasFolder: (vscode.workspace.workspaceFolders?.length ?? 0) > 0,
			folders: this.#told === "yes" ? this.#store.folders : null,
			leaks: this.#told === "yes" ? this.#store.leaks.length : 0,
		});
	}

	#drawSoon(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = null;
			this.#draw();
		}, DRAW_DELAY_MS);
	}

	#draw(): void {
		const state = this.#state();
		this.#shown = state === "tree" ? filterLeaks(this.#store.leaks, this.#filter) : [];
		this.#view.badge = badgeOf(this.#summary);
		this.#view.message = this.#message(state);
		this.#showLoading(this.#summary?.state === "scanning" || this.#told === "asked");
		void vscode.commands.executeCommand("setContext", STATE_KEY, state);
		void vscode.commands.executeCommand("setContext", FILTERED_KEY, isFiltering(this.#filter));
		this.#changed.fire(undefined);
	}

	#message(state: ViewState): string {
		if (state === "clean") return cleanText(this.#store.folders);
		if (state === "no-prisma" && this.#store.unread.length > 0) {
			// The view's welcome is not drawn beside a tree.
			return vscode.l10n.t("No package uses Prisma, as far as the workspace could be read.");
		}
		if (state !== "tree") return "";
		const filter = isFiltering(this.#filter) ? describeFilter(this.#filter) : null;
		return treeText(this.#shown, this.#store.leaks.length, filter);
	}

	/** The bar at the view's top moves as long as the workspace is read. */
	#showLoading(isLoading: boolean): void {
		if (isLoading === (this.#finishLoading !== null)) return;
		this.#finishLoading?.();
		this.#finishLoading = null;
		if (!isLoading) return;
		void vscode.window.withProgress({ location: { viewId: LEAKS_VIEW } }, () => {
			return new Promise<void>((resolve) => {
				this.#finishLoading = resolve;
			});
		});
	}
}

function cleanSteps(): readonly StepNode[] {
	return [
		{ kind: "step", label: vscode.l10n.t("Check again"), icon: "refresh", command: "prismaLeakLens.checkWorkspace" },
		{ kind: "step", label: vscode.l10n.t("Watch a running process"), icon: "pulse", command: "prismaLeakLens.attachMonitor" },
	];
}

function clearFilterStep(): StepNode {
	return { kind: "step", label: vscode.l10n.t("Clear the filter"), icon: "clear-all", command: "prismaLeakLens.clearLeakFilter" };
}

/** Hints are no problems and do not count. */
function badgeOf(summary: AnalysisSummary | null): vscode.ViewBadge | undefined {
	if (summary === null) return undefined;
	const value = summary.errors + summary.warnings + summary.infos;
	return value === 0 ? undefined : { value, tooltip: vscode.l10n.t("Prisma leaks: {0}", countFindings(summary)) };
}
