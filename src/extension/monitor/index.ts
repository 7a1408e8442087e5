import * as vscode from "vscode";
import { MonitorClient, type RecordingInfo } from "../../monitor/index.js";
import {
	type AttachTarget,
	type Comparison,
	type EvidenceParams,
	type Level,
	type LevelState,
	type MemoryCost,
	type NativeMemoryOutcome,
	type Sample,
	type SessionState,
	type ShownState,
	type SiteVerdict,
	widestCost,
} from "../../protocol/index.js";
import { CREATE_REPORT } from "../report/index.js";
import { explained, openExplanation, tellAlerts } from "./alerts.js";
import { Attaching } from "./attaching.js";
import { AutoAttach } from "./auto-attach.js";
import { chosenSession, pickAndDetach } from "./chosen-session.js";
import type { MonitorController } from "./controller.js";
import { DashboardView } from "./dashboard.js";
import { DatabaseUrl } from "./database-url.js";
import { DebugSessions } from "./debug-sessions.js";
import { nothingAttached, profileHeap } from "./heap-profile.js";
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
import { LastSessions } from "./last-sessions.js";
import { pickLevel, turnLevel } from "./level-picker.js";
import { openSite } from "./located-sites.js";
import { pickTargets } from "./picker.js";
import { Recordings } from "./recordings.js";
import { isRecent, resume } from "./resume.js";
import { savePicture, saveSamples } from "./save.js";
import { SessionMemory } from "./session-memory.js";
import { sessionName } from "./session-names.js";
import { MonitorSessions } from "./sessions.js";
import { monitorSettings, monitorThresholds } from "./settings.js";
import { ShownSession } from "./shown-session.js";
import { showSites } from "./site-board.js";
import { Stage } from "./stage.js";
import { StageCommands } from "./stage-commands.js";
import { MonitorStatusBar } from "./status-bar.js";

export interface MonitorDependencies {
	readonly extensionUri: vscode.Uri;
	readonly log: vscode.LogOutputChannel;
	/** `host:port` of the databases that the workspace's own URLs name. */
	databaseEndpoints(): Promise<readonly string[]>;
	/** What clients and connections of the workspace's packages cost by the cost model. */
	memoryCosts(): Promise<readonly MemoryCost[]>;
	/** Told where the attached processes make clients, and again with no sites when that is taken back. */
	onSites(params: EvidenceParams): Promise<readonly SiteVerdict[]>;
}

/** The monitor as other parts of the extension see it: what is said of one process is said of the one that is shown. */
export interface MonitorApi extends vscode.Disposable {
	readonly state: SessionState;
	/** Samples since the last clear. */
	readonly received: number;
	/** Null before the first sample of a session. */
	readonly latest: Sample | null;
	/** What is attached, in the order of attaching. */
	readonly attached: readonly SessionState[];
	/** Attaches without asking, beside what is attached already; the target says whether an inspector may be opened. */
	attach(target: AttachTarget): Promise<SessionState>;
	/** From all that is attached. */
	detach(): void;
	/** Where every level of the attached process stands; empty when nothing is attached. */
	readonly levels: readonly LevelState[];
	setLevel(level: Level, on: boolean): void;
	/** Id of the recording that is being written; null when none is. */
	readonly recording: string | null;
	/** What was recorded in this workspace, the latest first. */
	recordings(): Promise<readonly RecordingInfo[]>;
	/** What the dashboard shows. */
	readonly shown: ShownState;
	/** What came of reading the native memory of what the dashboard shows last; null before. */
	readonly nativeMemory: NativeMemoryOutcome | null;
	/** What the dashboard compares with, and what has come of it; null when there is no baseline. */
	readonly comparison: Comparison | null;
	/** Absolute path of a recording's folder. */
	recordingPath(id: string): string;
}

export function registerMonitor(context: vscode.ExtensionContext, dependencies: MonitorDependencies): MonitorApi {
	const { extensionUri, log, databaseEndpoints } = dependencies;
	const program = vscode.Uri.joinPath(extensionUri, "dist", "monitor.js").fsPath;
	const recordings = new Recordings(context.storageUri ?? context.globalStorageUri, log);
	const client = new MonitorClient(program, (text) => log.info(`Monitor: ${text}`));
	const sessions = new MonitorSessions(client, (status) => recordings.tell(status));
	const shown = new ShownSession(sessions);
	const databaseUrl = new DatabaseUrl(context.secrets);
	const stage = new Stage({ sessions: shown, explain: explained });
	const stageCommands = new StageCommands(stage, recordings, context.workspaceState, () => dashboard.show());
	const dashboard = new DashboardView(extensionUri, stage, shown, {
		attach: () => void vscode.commands.executeCommand(ATTACH),
		setBaseline: (t) => void stageCommands.pickBaseline(t),
		openRecording: () => void stageCommands.pickRecording(),
		cost: async () => widestCost(await dependencies.memoryCosts()),
		level: (level, on) => {
			if (shown.session !== null) void turnLevel(shown.session, databaseUrl, level, on);
		},
		openSite: (index) => {
			const site = shown.sites[index];
			if (site !== undefined) void openSite(site);
		},
		openExplanation: (subject) => {
			const alert = stage.judgement.alerts.find((one) => one.subject === subject);
			if (alert !== undefined) void openExplanation(alert);
		},
		export: (samples, notes) => void saveSamples(samples, notes),
		report: () => void vscode.commands.executeCommand(CREATE_REPORT),
		picture: (name, png) => void savePicture(name, png),
	});
	const attaching = new Attaching({ sessions, shown, recordings, log, databaseEndpoints });
	const attach = (target: AttachTarget): Promise<SessionState> => {
		dashboard.show();
		return attaching.attach(target);
	};
	const pickAndAttach = async (): Promise<void> => {
		const targets = await pickTargets(sessions, debugSessions, monitorSettings().allowRemote);
		if (targets.length === 0) return;
		stage.leaveReplay();
		dashboard.show();
		await attaching.attachAll(targets);
	};

	const debugSessions = new DebugSessions();
	const lastSessions = new LastSessions(context.workspaceState);
	const memory = new SessionMemory(sessions, lastSessions, {
		log: (text) => log.info(`Monitor: ${text}`),
		giveDatabaseUrl: async (session) => {
			const url = await databaseUrl.stored();
			if (url !== undefined) session.setDatabaseUrl(url);
			return url !== undefined;
		},
	});

	const parts = vscode.Disposable.from(
		new vscode.Disposable(sessions.each(logStates(log))),
		new vscode.Disposable(
			sessions.onAny(() => void vscode.commands.executeCommand("setContext", ATTACHED_KEY, sessions.attached.length > 0)),
		),
		new vscode.Disposable(sessions.each(tellFailures)),
		new vscode.Disposable(sessions.each((session) => tellAlerts(session, () => showSession(session)))),
		new vscode.Disposable(showSites(sessions, (params) => dependencies.onSites(params))),
		new MonitorStatusBar(sessions),
		new AutoAttach(sessions, attach),
		stageCommands,
		stage,
		dashboard,
		debugSessions,
		memory,
		shown,
		sessions,
		vscode.commands.registerCommand(ATTACH, pickAndAttach),
		vscode.commands.registerCommand(DETACH, () => pickAndDetach(sessions)),
		vscode.commands.registerCommand(CHOOSE_LEVEL, async () => {
			const session = await chosenSession(sessions, shown, vscode.l10n.t("Measure more of which process?"));
			if (session !== undefined) await pickLevel(session, databaseUrl);
		}),
		vscode.commands.registerCommand(FORGET_DATABASE_URL, async () => {
			for (const { controller } of sessions.all) controller.setDatabaseUrl(null);
			await databaseUrl.forget();
		}),
		vscode.commands.registerCommand(PROFILE_HEAP, async () =>
			profileHeap(await chosenSession(sessions, shown, vscode.l10n.t("Profile the heap of which process?"))),
		),
		vscode.commands.registerCommand(READ_NATIVE_MEMORY, async () => {
			const session = await chosenSession(sessions, shown, vscode.l10n.t("Read the native memory of which process?"));
			if (session?.state.kind === "live" || session?.state.kind === "silent") {
				showSession(session);
				await session.readNativeMemory();
			} else void vscode.window.showInformationMessage(nothingAttached());
		}),
		vscode.commands.registerCommand(RECORDINGS, () => recordings.choose((recording) => stageCommands.open(recording))),
		vscode.commands.registerCommand(SHOW_DASHBOARD, () => dashboard.show()),
	);
	context.subscriptions.push(parts);
	stageCommands.resume().catch((error: unknown) => log.warn(`Monitor: could not show again what was shown: ${error}`));
	resumeAll().catch((error: unknown) => log.error(`Monitor: could not resume: ${error}`));

	function showSession(session: MonitorController): void {
		stage.leaveReplay();
		shown.show(session);
		dashboard.show();
	}

	/** Each session stands again where it stood, one after the other; the one that was opened last is shown. */
	async function resumeAll(): Promise<void> {
		const known = await recordings.list();
		const recent = lastSessions
			.get()
			.filter(({ recording }) => known.some((info) => info.id === recording.id && isRecent(info, Date.now())));
		const { intervalMs } = monitorSettings();
		const thresholds = await monitorThresholds();
		for (const [index, remembered] of recent.entries()) {
			const session = index === 0 ? sessions.all[0]?.controller : sessions.open();
			if (session?.state.kind !== "idle") return;
			// Whatever is attached to meanwhile closes what has nothing attached yet.
			const isOpen = () => sessions.all.some(({ controller }) => controller === session);
			shown.show(session);
			memory.expect(session, remembered);
			await resume(session, remembered, {
				intervalMs,
				thresholds,
				processes: () => sessions.processes(),
				entries: (id) => recordings.entries(id),
				attach: async (target, continues) => {
					if (isOpen()) await attaching.attachTo(session, target, continues);
				},
			});
		}
	}

	return {
		get state() {
			return shown.state;
		},
		get received() {
			return shown.history.received;
		},
		get latest() {
			return shown.history.latest ?? null;
		},
		get attached() {
			return sessions.attached.map(({ state }) => state);
		},
		attach,
		detach: () => sessions.detachAll(),
		get levels() {
			return shown.levels;
		},
		setLevel: (level, on) => shown.session?.setLevel(level, on),
		get recording() {
			return shown.session?.recording ?? null;
		},
		get shown() {
			return stage.state;
		},
		get nativeMemory() {
			return stage.nativeMemory;
		},
		get comparison() {
			return stage.comparison();
		},
		recordings: () => recordings.list(),
		recordingPath: (id) => recordings.pathOf(id),
		dispose: () => parts.dispose(),
	};
}

/** A level that fails is told once; where it stands is seen in the list of levels. */
function tellFailures(session: MonitorController): () => void {
	let failed: ReadonlySet<Level> = new Set();
	return session.onLevels((levels) => {
		const now = levels.filter(({ status }) => status === "failed");
		for (const { level, note } of now)
			if (!failed.has(level) && note !== undefined) void vscode.window.showWarningMessage(`${sessionName(session.state)}: ${note}`);
		failed = new Set(now.map(({ level }) => level));
	});
}

function logStates(log: vscode.LogOutputChannel): (session: MonitorController) => () => void {
	return (session) =>
		session.onChange((change) => {
			if (change.type !== "state") return;
			const { state } = change;
			if (state.kind === "error") log.error(`Monitor: ${state.message} ${state.detail ?? ""}`);
			else log.info(`Monitor: ${state.kind}${"target" in state ? `, ${sessionName(state)}` : ""}`);
		});
}
