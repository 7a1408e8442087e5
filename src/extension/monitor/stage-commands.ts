import * as vscode from "vscode";
import type { RecordingInfo } from "../../monitor/index.js";
import { clock } from "../../protocol/index.js";
import { type BaselineOrigin, baselineOf } from "./baseline.js";
import { BASELINE_KEY, CLEAR_BASELINE, LEAVE_REPLAY, OPEN_RECORDING, REPLAY_KEY, SET_BASELINE } from "./ids.js";
import { recordingItem, recordingTitle } from "./recording-items.js";
import type { Recordings } from "./recordings.js";
import { type Replay, readReplay } from "./replay.js";
import { monitorThresholds } from "./settings.js";
import type { Stage } from "./stage.js";
import { RememberedStage } from "./stage-memory.js";

type BaselineItem = vscode.QuickPickItem & { readonly run?: () => unknown };

/** What a person puts on the stage, by commands and by the dashboard's buttons; it stands there again after a reload of the window. */
export class StageCommands implements vscode.Disposable {
	readonly #stage: Stage;
	readonly #recordings: Recordings;
	readonly #remembered: RememberedStage;
	readonly #showDashboard: () => void;
	readonly #parts: vscode.Disposable;

	constructor(stage: Stage, recordings: Recordings, memento: vscode.Memento, showDashboard: () => void) {
		this.#stage = stage;
		this.#recordings = recordings;
		this.#remembered = new RememberedStage(memento);
		this.#showDashboard = showDashboard;
		this.#parts = vscode.Disposable.from(
			vscode.commands.registerCommand(OPEN_RECORDING, () => this.pickRecording()),
			vscode.commands.registerCommand(LEAVE_REPLAY, () => stage.leaveReplay()),
			vscode.commands.registerCommand(SET_BASELINE, () => this.pickBaseline(stage.history.latest?.t ?? null)),
			vscode.commands.registerCommand(CLEAR_BASELINE, () => stage.setBaseline(null)),
			new vscode.Disposable(
				stage.onChange(({ type }) => {
					if (type === "renewed" || type === "baseline") this.#note();
				}),
			),
		);
	}

	/** Shows what was shown before the window was reloaded, as far as its recordings are still there. */
	async resume(): Promise<void> {
		const { replay, baseline } = this.#remembered.get();
		if (replay === null && baseline === null) return;
		const recorded = await this.#recordings.list();
		const shown = recorded.find(({ id }) => id === replay);
		if (shown !== undefined) this.#stage.showReplay(await this.#read(shown, null));
		const compared = recorded.find(({ id }) => id === baseline?.recording);
		if (compared !== undefined) await this.#compareWith(compared, baseline?.here ?? null);
	}

	async pickRecording(): Promise<void> {
		const recorded = await this.#recordings.list();
		if (recorded.length === 0) {
			void vscode.window.showInformationMessage(vscode.l10n.t("Nothing was recorded yet. Attach the memory monitor to a process first."));
			return;
		}
		const picked = await vscode.window.showQuickPick(recorded.map(recordingItem), {
			title: vscode.l10n.t("Open a recording in the dashboard"),
		});
		if (picked !== undefined) await this.open(picked.recording);
	}

	async open(recording: RecordingInfo): Promise<void> {
		await tellFailure(async () => {
			const replay = await this.#readWithProgress(recording);
			this.#stage.showReplay(replay);
			this.#showDashboard();
		});
	}

	/** @param t what was measured up to then can be the baseline, in milliseconds since the epoch; null where nothing was */
	async pickBaseline(t: number | null): Promise<void> {
		const items = [...this.#hereItems(t), ...(await this.#recordingItems()), ...this.#clearItems()];
		if (items.length === 0) {
			void vscode.window.showInformationMessage(
				vscode.l10n.t("There is nothing to compare with yet. Attach the memory monitor to a process first."),
			);
			return;
		}
		const options = { title: vscode.l10n.t("Set the baseline"), placeHolder: vscode.l10n.t("What is shown is compared with…") };
		const picked: BaselineItem | undefined = await vscode.window.showQuickPick(items, options);
		if (picked?.run === undefined) return;
		await picked.run();
		this.#showDashboard();
	}

	dispose(): void {
		this.#parts.dispose();
	}

	#hereItems(t: number | null): readonly BaselineItem[] {
		if (t === null) return [];
		return [
			{
				label: vscode.l10n.t("From here"),
				description: vscode.l10n.t("what was measured up to {0} is the baseline", clock(t)),
				run: () => this.#stage.setBaselineHere(t),
			},
		];
	}

	/** All but the one that is shown, or being written. */
	async #recordingItems(): Promise<readonly BaselineItem[]> {
		const shown = this.#stage.recording;
		const others = (await this.#recordings.list()).filter(({ id }) => id !== shown);
		if (others.length === 0) return [];
		const items = others.map((recording) => ({
			...recordingItem(recording),
			run: () => tellFailure(() => this.#compareWith(recording, null)),
		}));
		return [{ label: vscode.l10n.t("Recordings"), kind: vscode.QuickPickItemKind.Separator }, ...items];
	}

	#clearItems(): readonly BaselineItem[] {
		const { baseline } = this.#stage;
		if (baseline === null) return [];
		return [
			{ label: "", kind: vscode.QuickPickItemKind.Separator },
			{ label: `$(close) ${vscode.l10n.t("Clear baseline")}`, description: baseline.run.name, run: () => this.#stage.setBaseline(null) },
		];
	}

	async #compareWith(recording: RecordingInfo, here: BaselineOrigin["here"]): Promise<void> {
		const { log, state } = await this.#read(recording, here?.until ?? null);
		const { name, damage } = state;
		this.#stage.setBaseline(baselineOf({ name, history: log.history, damage, here, recording: recording.id }));
	}

	#readWithProgress(recording: RecordingInfo): Thenable<Replay> {
		const options = {
			location: vscode.ProgressLocation.Notification,
			title: vscode.l10n.t("Reading the recording of {0}", recordingTitle(recording)),
		};
		return vscode.window.withProgress(options, () => this.#read(recording, null));
	}

	async #read(recording: RecordingInfo, until: number | null): Promise<Replay> {
		const entries = this.#recordings.entries(recording.id);
		return readReplay({ recording, entries, thresholds: await monitorThresholds(), until });
	}

	#note(): void {
		const { memory } = this.#stage;
		this.#remembered.note(memory);
		void vscode.commands.executeCommand("setContext", REPLAY_KEY, memory.replay !== null);
		void vscode.commands.executeCommand("setContext", BASELINE_KEY, this.#stage.baseline !== null);
	}
}

async function tellFailure(work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
	}
}
