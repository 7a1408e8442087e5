import * as vscode from "vscode";
import { heapProfilePrice } from "../../monitor/index.js";
import { bytes, type HeapProfile, type HeapSite } from "../../protocol/index.js";
import type { MonitorController } from "./controller.js";
import { openSource } from "./open-source.js";

/** Seconds that are offered. */
const DURATIONS = [10, 30, 120] as const;

export function nothingAttached(): string {
	return vscode.l10n.t("Nothing is attached. Attach the memory monitor to a process first.");
}

/** Asks for how long, with the price of each, samples allocations, and lists the functions that hold most; one that is picked is opened. */
export async function profileHeap(controller: MonitorController | undefined): Promise<void> {
	const latest = controller?.history.latest;
	if (controller?.state.kind !== "live" || latest === undefined) {
		void vscode.window.showInformationMessage(nothingAttached());
		return;
	}
	const seconds = await pickDuration(latest.memory.heapUsed);
	if (seconds === undefined) return;
	const title = vscode.l10n.t("Sampling what is allocated, for {0} s", seconds);
	const outcome = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
		controller.profileHeap(seconds),
	);
	if (outcome.kind === "failed") void vscode.window.showErrorMessage(outcome.message);
	else await showSites(outcome.profile);
}

async function pickDuration(heapUsed: number): Promise<number | undefined> {
	const items = DURATIONS.map((seconds) => ({ label: `${seconds} s`, detail: heapProfilePrice(seconds, heapUsed), seconds }));
	const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("For how long are allocations sampled?") });
	return picked?.seconds;
}

async function showSites({ seconds, bytes: live, sites }: HeapProfile): Promise<void> {
	const title = vscode.l10n.t("≈ {0} allocated in {1} s and still alive, by function", bytes(live), seconds);
	const picked = await vscode.window.showQuickPick(sites.map(siteItem), {
		title,
		placeHolder: vscode.l10n.t("Pick a function to open it"),
		matchOnDescription: true,
	});
	const place = picked?.site.place;
	if (!place) return;
	const at = new vscode.Position(place.line - 1, place.column - 1);
	await openSource(uriOf(place.file), new vscode.Range(at, at));
}

function siteItem(site: HeapSite): vscode.QuickPickItem & { readonly site: HeapSite } {
	const { place, name, bytes: held, through } = site;
	const where =
		place === null ? vscode.l10n.t("outside of scripts") : `${vscode.workspace.asRelativePath(uriOf(place.file))}:${place.line}`;
	const detail = through === null ? {} : { detail: vscode.l10n.t("Most of it through {0}", through) };
	return { label: `≈ ${bytes(held)}  ${name ?? vscode.l10n.t("(anonymous)")}`, description: where, ...detail, site };
}

/** V8 knows scripts by path or by URL. */
function uriOf(file: string): vscode.Uri {
	return /^[a-z][a-z0-9+.-]+:/i.test(file) ? vscode.Uri.parse(file) : vscode.Uri.file(file);
}
