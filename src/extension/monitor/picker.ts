import * as vscode from "vscode";
import { isLoopback, parseInspectorUrl } from "../../monitor/index.js";
import { type AttachTarget, type NodeProcess, targetName } from "../../protocol/index.js";
import { consentFor } from "./consent.js";
import type { DebugSession, DebugSessions } from "./debug-sessions.js";
import { type PickRow, pickRows } from "./pick-items.js";
import type { MonitorSessions } from "./sessions.js";

type Choice = Exclude<PickRow, { kind: "separator" }>;
type Item = vscode.QuickPickItem & { readonly choice?: Choice };

/** Asks which process to watch, or which processes, and before opening an inspector whether that may be done. None when the reader thinks better of it. */
export async function pickTargets(
	sessions: MonitorSessions,
	debugSessions: DebugSessions,
	allowRemote: boolean,
): Promise<readonly AttachTarget[]> {
	const choice = await chooseRow(sessions, debugSessions);
	switch (choice?.kind) {
		case "process":
			return targetsOf([choice.process]);
		case "worker":
			return [{ kind: "worker", worker: choice.worker.id, of: choice.of }];
		case "children":
			return targetsOf(choice.processes);
		case "address":
			return listOf(await askAddress(allowRemote));
		case "debugSession":
			return listOf(await debuggedBy(debugSessions, choice.session));
		case undefined:
			return [];
	}
}

function listOf(target: AttachTarget | undefined): readonly AttachTarget[] {
	return target === undefined ? [] : [target];
}

function chooseRow(sessions: MonitorSessions, debugSessions: DebugSessions): Promise<Choice | undefined> {
	const pick = vscode.window.createQuickPick<Item>();
	pick.title = vscode.l10n.t("Attach memory monitor");
	pick.placeholder = vscode.l10n.t("Node process to watch");
	pick.matchOnDescription = true;
	pick.matchOnDetail = true;
	pick.busy = true;
	const host = { pid: process.pid, parentPid: process.ppid };
	pick.items = pickRows([], debugSessions.all, [], host).map(itemOf);
	pick.show();
	Promise.all([sessions.processes(), sessions.threads()]).then(
		([processes, threads]) => {
			pick.items = pickRows(processes, debugSessions.all, folders(), host, threads).map(itemOf);
			pick.busy = false;
		},
		(error: unknown) => {
			pick.placeholder = vscode.l10n.t(
				"The running processes could not be listed: {0}",
				error instanceof Error ? error.message : String(error),
			);
			pick.busy = false;
		},
	);
	return new Promise((resolve) => {
		pick.onDidAccept(() => {
			resolve(pick.selectedItems[0]?.choice);
			pick.hide();
		});
		pick.onDidHide(() => {
			resolve(undefined);
			pick.dispose();
		});
	});
}

function itemOf(row: PickRow): Item {
	if (row.kind === "separator") return { label: row.label, kind: vscode.QuickPickItemKind.Separator };
	const description = row.kind === "process" || row.kind === "worker" ? { description: row.description } : {};
	return { label: row.label, detail: row.detail, choice: row, ...description };
}

function folders(): readonly string[] {
	return (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
}

/** All of them or none: what is asked is asked once. */
async function targetsOf(chosen: readonly NodeProcess[]): Promise<readonly AttachTarget[]> {
	const closed = chosen.filter(({ inspector }) => inspector.kind === "closed");
	const barred = closed.find(({ openable }) => !openable.ok);
	if (barred !== undefined && !barred.openable.ok) {
		const detail = barred.openable.reason;
		const message = vscode.l10n.t("The inspector of {0} cannot be opened.", targetName(barred));
		await vscode.window.showWarningMessage(message, { modal: true, detail });
		return [];
	}
	if (closed.length > 0) {
		const { message, detail, confirm } = consentFor(closed, process.platform);
		if ((await vscode.window.showInformationMessage(message, { modal: true, detail }, confirm)) !== confirm) return [];
	}
	return chosen.map(({ pid, startedAt, inspector }) => ({ kind: "pid", pid, startedAt, mayOpenInspector: inspector.kind === "closed" }));
}

async function debuggedBy(sessions: DebugSessions, session: DebugSession): Promise<AttachTarget | undefined> {
	const target = await sessions.targetOf(session).catch(() => null);
	if (target !== null) return target;
	await vscode.window.showWarningMessage(
		vscode.l10n.t(
			"The debug session {0} does not let others use its connection. Attach to its process instead, or start it without the debugger.",
			session.name,
		),
	);
	return undefined;
}

async function askAddress(allowRemote: boolean): Promise<AttachTarget | undefined> {
	const text = await vscode.window.showInputBox({
		title: vscode.l10n.t("Attach memory monitor"),
		prompt: vscode.l10n.t("Address of an open inspector, or the ws:// URL that it printed"),
		placeHolder: "127.0.0.1:9229",
		ignoreFocusOut: true,
		validateInput: (input) => complaint(input, allowRemote),
	});
	const url = text === undefined ? null : parseInspectorUrl(text);
	if (url === null) return undefined;
	return { kind: "address", host: url.host ?? "127.0.0.1", port: url.port, ...(url.path === null ? {} : { path: url.path }) };
}

function complaint(input: string, allowRemote: boolean): string | undefined {
	const url = parseInspectorUrl(input);
	if (url === null) return vscode.l10n.t("Enter host:port, a port or a ws:// URL, such as {0}.", "127.0.0.1:9229");
	const { host } = url;
	if (allowRemote || host === null || host === "localhost" || isLoopback(host)) return undefined;
	return vscode.l10n.t("Only this machine is allowed. Forward the port, or set {0}.", "prismaLeakLens.monitor.allowRemote");
}
