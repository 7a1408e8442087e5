import { l10n } from "vscode";
import { type AnalysisSummary, count, type OverviewFolder, savingText, sumOfSavings } from "../../protocol/index.js";
import { filesText, packagesText } from "../quantities.js";
import type { Leak } from "./leak.js";

/** What the view has to say when there is no tree to show; each but `tree` has words and a next step in the manifest or here. */
export type ViewState =
	| "loading"
	/** No folder is open. */
	| "no-folder"
	/** The scan was cancelled. */
	| "not-read"
	| "failed"
	/** The server has ended too often. */
	| "off"
	| "no-prisma"
	| "clean"
	| "tree";

export interface Known {
	readonly summary: AnalysisSummary | null;
	readonly isOff: boolean;
	readonly hasFolder: boolean;
	/** Null before the server has told. */
	readonly folders: readonly OverviewFolder[] | null;
	readonly leaks: number;
}

export function viewState({ summary, isOff, hasFolder, folders, leaks }: Known): ViewState {
	if (isOff) return "off";
	if (!hasFolder) return "no-folder";
	if (leaks > 0) return "tree";
	if (summary?.state === "failed") return "failed";
	if (summary?.state === "idle") return "not-read";
	if (summary?.state !== "ready" || folders === null || folders.some(({ state }) => state === "scanning")) return "loading";
	return folders.every(({ prisma }) => prisma.length === 0) ? "no-prisma" : "clean";
}

/** What was looked at: "No leaks in 212 files of 3 packages (Prisma 7.10)". */
export function cleanText(folders: readonly OverviewFolder[]): string {
	const files = folders.reduce((sum, folder) => sum + folder.files, 0);
	const packages = folders.reduce((sum, folder) => sum + folder.packages, 0);
	const versions = [...new Set(folders.flatMap(({ prisma }) => prisma.map(shortVersion)))].sort();
	return l10n.t("No leaks in {0} of {1} (Prisma {2}).", filesText(files), packagesText(packages), versions.join(", "));
}

/** What the tree comes to: "3 of 28 match “rooms”. Mending these would save ≈ 9–12 MB." Empty where there is nothing to add. */
export function treeText(shown: readonly Leak[], all: number, filter: string | null): string {
	if (filter !== null && shown.length === 0) return l10n.t("Nothing matches {0}.", filter);
	const match = filter === null ? null : l10n.t("{0} of {1} match {2}.", count(shown.length), count(all), filter);
	const saving = savingText(sumOfSavings(shown.map((leak) => leak.saving)));
	return [match, saving && whatMendingSaves(saving, filter !== null)].filter((part) => part !== null).join(" ");
}

function whatMendingSaves(saving: string, isFiltered: boolean): string {
	return isFiltered ? l10n.t("Mending these would save {0}.", saving) : l10n.t("Mending all would save {0}.", saving);
}

/** `7.10` of `7.10.0`. */
function shortVersion(version: string): string {
	return /^\d+\.\d+/.exec(version)?.[0] ?? version;
}
