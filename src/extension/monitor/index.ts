import * as vscode from "vscode";
import { MonitorClient, type RecordingInfo } from "../../monitor/index.js";
import {
	type AttachTarget,
	type EvidenceParams,
	type Level,
	type LevelState,
	type MemoryCost,
	type RecordingRef,
	type Sample,
	type SessionState,
	type SiteVerdict,
	widestCost,
} from "../../protocol/index.js";
import { openExplanation, tellAlerts } from "./alerts.js";
import { attachWithProgress } from "./attach.js";
import { AutoAttach } from "./auto-attach.js";
import { MonitorController } from "./controller.js";
import { DashboardView } from "./dashboard.js";
import { DatabaseUrl } from "./database-url.js";
import { DebugSessions } from "./debug-sessions.js";
import { NOTHING_ATTACHED, profileHeap } from "./heap-profile.js";
import {
	ATTACH,
	ATTACHED_KEY,
	CHOOSE_LEVEL,
	DETACH,
	FORGET_DATABASE_URL,
	PROFILE_HEAP,
	READ_NATIVE_MEMORY,
	RECORDINGS,
	SHOW_DASHBOARD,
} from "./ids.js";
import { knownEndpoints } from "./known-endpoints.js";
import { LastSession } from "./last-session.js";
import { pickLevel, turnLevel } from "./level-picker.js";
import { locatedSites, openSite } from "./located-sites.js";
import { pickTarget } from "./picker.js";
import { Recordings } from "./recordings.js";
import { isRecent, type ResumeOptions, resume } from "./resume.js";
import { savePicture, saveSamples } from "./save.js";
import { monitorSettings, monitorThresholds } from "./settings.js";
import { reportSites } from "./site-evidence.js";
import { MonitorStatusBar } from "./status-bar.js";

export interface MonitorDependencies {
	readonly extensionUri: vscode.Uri;
	readonly log: vscode.LogOutputChannel;
	/** `host:port` of the databases that the workspace's own URLs name. */
	databaseEndpoints(): Promise<readonly string[]>;
	/** What clients and connections of the workspace's packages cost by the cost model. */
	memoryCosts(): Promise<readonly MemoryCost[]>;
	/** Told where the attached process makes clients, and again with no sites when that is taken back. */
	onSites(params: EvidenceParams): Promise<readonly SiteVerdict[]>;
}

/** The monitor as other parts of the extension see it. */
export interface MonitorApi extends vscode.Disposable {
	readonly state: SessionState;
	/** Samples since the last clear. */
	readonly received: number;
	/** Null before the first sample of a session. */
	readonly latest: Sample | null;
	/** Attaches without asking; the target says whether an inspector may be opened. */
	attach(target: AttachTarget): Promise<SessionState>;
	detach(): void;
	/** Where every level of the attached process stands; empty when nothing is attached. */
	readonly levels: readonly LevelState[];
	setLevel(level: Level, on: boolean): void;
	/** What was recorded in this workspace, the latest first. */
	recordings(): Promise<readonly RecordingInfo[]>;
	/** Absolute path of a recording's folder. */
	recordingPath(id: string): string;
}

export function registerMonitor(context: vscode.ExtensionContext, dependencies: MonitorDependencies): MonitorApi {
	const { extensionUri, log, databaseEndpoints } = dependencies;
	const program = vscode.Uri.joinPath(extensionUri, "dist", "monitor.js").fsPath;
	const recordings = new Recordings(context.storageUri ?? context.globalStorageUri, log);
	const controller = new MonitorController(
		(events) => new MonitorClient(program, { ...events, log: (text) => log.info(`Monitor: ${text}`) }),
		(status) => recordings.tell(status),
	);
	const databaseUrl = new DatabaseUrl(context.secrets);
	const dashboard = new DashboardView(extensionUri, controller, {
		attach: () => void vscode.commands.executeCommand(ATTACH),
		cost: async () => widestCost(await dependencies.memoryCosts()),
		level: (level, on) => void turnLevel(controller, databaseUrl, level, on),
		openSite: (index) => {
			const site = controller.sites[index];
			if (site !== undefined) void openSite(site);
		},
		openExplanation: (subject) => {
			const alert = controller.judgement.alerts.find((one) => one.subject === subject);
			if (alert !== undefined) void openExplanation(alert);
		},
		export: (samples) => void saveSamples(samples),
		picture: (name, png) => void savePicture(name, png),
	});

	const showSites = async (params: EvidenceParams): Promise<void> => {
		controller.showSites(locatedSites(await dependencies.onSites(params)));
	};

	const attachTo = async (target: AttachTarget, continues: RecordingRef | null): Promise<SessionState> => {
		const endpoints = await knownEndpoints(databaseEndpoints, (error) =>
			log.warn(`Monitor: the workspace's databases are not known: ${error}`),
		);
		const state = await attachWithProgress(controller, target, endpoints, recordings.options(continues));
		if (state.kind === "error") void vscode.window.showErrorMessage(`${state.message} ${state.action}`);
		return state;
	};
	const attach = (target: AttachTarget): Promise<SessionState> => {
		dashboard.show();
		return attachTo(target, null);
	};
	const pickAndAttach = async (): Promise<void> => {
		const target = await pickTarget(controller, debugSessions, monitorSettings().allowRemote);
		if (target !== undefined) await attach(target);
	};

	const debugSessions = new DebugSessions();
	const lastSession = new LastSession(context.workspaceState);

	const parts = vscode.Disposable.from(
		controller,
		dashboard,
		new MonitorStatusBar(controller),
		new AutoAttach(controller, attach),
		debugSessions,
		new vscode.Disposable(logStates(controller, log)),
		new vscode.Disposable(remember(controller, recordings, lastSession)),
		new vscode.Disposable(controller.onLevels(tellFailures())),
		new vscode.Disposable(reportSites(controller, (params) => void showSites(params))),
		new vscode.Disposable(tellAlerts(controller, () => dashboard.show())),
		vscode.commands.registerCommand(ATTACH, pickAndAttach),
		vscode.commands.registerCommand(DETACH, () => controller.detach()),
		vscode.commands.registerCommand(CHOOSE_LEVEL, () => pickLevel(controller, databaseUrl)),
		vscode.commands.registerCommand(FORGET_DATABASE_URL, async () => {
			controller.setDatabaseUrl(null);
			await databaseUrl.forget();
		}),
		vscode.commands.registerCommand(PROFILE_HEAP, () => profileHeap(controller)),
		vscode.commands.registerCommand(READ_NATIVE_MEMORY, async () => {
			if (controller.state.kind === "live" || controller.state.kind === "silent") {
				dashboard.show();
				await controller.readNativeMemory();
			} else void vscode.window.showInformationMessage(NOTHING_ATTACHED);
		}),
		vscode.commands.registerCommand(RECORDINGS, () => recordings.choose()),
		vscode.commands.registerCommand(SHOW_DASHBOARD, () => dashboard.show()),
	);
	context.subscriptions.push(parts);
	resumeLast(controller, recordings, lastSession, attachTo).catch((error: unknown) => log.error(`Monitor: could not resume: ${error}`));
	return {
		get state() {
			return controller.state;
		},
		get received() {
			return controller.history.received;
		},
		get latest() {
			return controller.history.latest ?? null;
		},
		attach,
		detach: () => controller.detach(),
		get levels() {
			return controller.levels;
		},
		setLevel: (level, on) => controller.setLevel(level, on),
		recordings: () => recordings.list(),
		recordingPath: (id) => recordings.pathOf(id),
		dispose: () => parts.dispose(),
	};
}

function remember(controller: MonitorController, recordings: Recordings, lastSession: LastSession): () => void {
	return controller.onChange((change) => {
		if (change.type === "state") lastSession.note(change.state, recordings.current);
	});
}

async function resumeLast(
	controller: MonitorController,
	recordings: Recordings,
	lastSession: LastSession,
	attach: ResumeOptions["attach"],
): Promise<void> {
	const remembered = lastSession.get();
	const recording = (await recordings.list()).find(({ id }) => id === remembered?.recording.id);
	if (remembered === null || recording === undefined || !isRecent(recording, Date.now())) return;
	const { intervalMs } = monitorSettings();
	const thresholds = await monitorThresholds();
	await resume(controller, remembered, { intervalMs, thresholds, samples: (id) => recordings.samples(id), attach });
}

/** A level that fails is told once; where it stands is seen in the list of levels. */
function tellFailures(): (levels: readonly LevelState[]) => void {
	let failed: ReadonlySet<Level> = new Set();
	return (levels) => {
		const now = levels.filter(({ status }) => status === "failed");
		for (const { level, note } of now) if (!failed.has(level) && note !== undefined) void vscode.window.showWarningMessage(note);
		failed = new Set(now.map(({ level }) => level));
	};
}

function logStates(controller: MonitorController, log: vscode.LogOutputChannel): () => void {
	return controller.onChange((change) => {
		if (change.type !== "state") return;
		const { state } = change;
		const attached = state.kind === "connecting" || state.kind === "live" || state.kind === "silent";
		void vscode.commands.executeCommand("setContext", ATTACHED_KEY, attached);
		if (state.kind === "error") log.error(`Monitor: ${state.message} ${state.detail ?? ""}`);
		else log.info(`Monitor: ${state.kind}`);
	});
}
