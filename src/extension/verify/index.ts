import * as vscode from "vscode";
import { loadAddressProblem, type RecordingInfo, startLoad } from "../../monitor/index.js";
import { LIGHT_LOAD, type LoadPlan, type LoadResult } from "../../protocol/index.js";
import type { MonitorApi } from "../monitor/index.js";
import { recordingItem } from "../monitor/recording-items.js";
import type { MeasuredParams } from "../report/index.js";

const VERIFY = "prismaLeakLens.verify";
const ADDRESS_KEY = "prismaLeakLens.verifyAddress";

export interface VerifyDependencies {
	/** Path of `dist/load.js`. */
	readonly program: string;
	readonly monitor: Pick<MonitorApi, "state" | "recording" | "recordings" | "recordingPath">;
	/** Where the address typed last is remembered. */
	readonly memory: vscode.Memento;
	showReport(measured: MeasuredParams): Promise<void>;
}

/** The command "Verify under load": a bounded load on this machine while the attached process is recorded, and a report that compares it. */
export function registerVerify(dependencies: VerifyDependencies): vscode.Disposable {
	return vscode.commands.registerCommand(VERIFY, async () => {
		try {
			await verify(dependencies);
		} catch (error) {
			void vscode.window.showErrorMessage(
				vscode.l10n.t("The load test could not be run: {0}", error instanceof Error ? error.message : String(error)),
			);
		}
	});
}

async function verify({ program, monitor, memory, showReport }: VerifyDependencies): Promise<void> {
	if (monitor.state.kind !== "live") return offerToAttach();
	const url = await askForAddress(memory.get(ADDRESS_KEY, "http://127.0.0.1:3000/"));
	if (url === undefined) return;
	const plan: LoadPlan = { url, ...LIGHT_LOAD };
	const earlier = (await monitor.recordings()).filter(({ id }) => id !== monitor.recording);
	const baseline = await askForBaseline(earlier);
	if (baseline === undefined || !(await isConfirmed(plan))) return;
	await memory.update(ADDRESS_KEY, url);
	const since = Date.now();
	const load = await runWithProgress(program, plan);
	if (load === null) return;
	// A recording that began just before the load was not listed yet.
	const { recording } = monitor;
	await showReport({
		recording: recording === null ? null : monitor.recordingPath(recording),
		since,
		baseline: baseline === null ? null : monitor.recordingPath(baseline.id),
		load,
	});
}

async function offerToAttach(): Promise<void> {
	const attach = vscode.l10n.t("Attach memory monitor");
	const answer = await vscode.window.showInformationMessage(
		vscode.l10n.t(
			"Nothing is attached, so there is nothing to measure under load. Attach the monitor to the process that serves the address.",
		),
		attach,
	);
	if (answer === attach) await vscode.commands.executeCommand("prismaLeakLens.attachMonitor");
}

function askForAddress(value: string): Thenable<string | undefined> {
	return vscode.window.showInputBox({
		title: vscode.l10n.t("Verify under load"),
		prompt: vscode.l10n.t("The address on this machine that is asked for again and again (GET)"),
		value,
		ignoreFocusOut: true,
		validateInput: loadAddressProblem,
	});
}

/** The recording to compare with; null for none, undefined when the question was left. */
async function askForBaseline(earlier: readonly RecordingInfo[]): Promise<RecordingInfo | null | undefined> {
	if (earlier.length === 0) return null;
	const items = [...earlier.map(recordingItem), { label: vscode.l10n.t("Compare with nothing"), recording: null }];
	const title = vscode.l10n.t("Verify under load: the recording from before the repair");
	return (await vscode.window.showQuickPick(items, { title }))?.recording;
}

async function isConfirmed({ url, seconds, connections, requestsPerSecond }: LoadPlan): Promise<boolean> {
	const send = vscode.l10n.t("Send");
	const detail = vscode.l10n.t(
		"{0} connections, at most {1} requests a second for {2} s: up to {3} GET requests. What they change or cost in the application is done for real.",
		connections,
		requestsPerSecond,
		seconds,
		requestsPerSecond * seconds,
	);
	return (await vscode.window.showWarningMessage(vscode.l10n.t("Send load to {0}?", url), { modal: true, detail }, send)) === send;
}

/** Null when a person ended it. */
async function runWithProgress(program: string, plan: LoadPlan): Promise<LoadResult | null> {
	const title = vscode.l10n.t("Load on {0} for {1} s", plan.url, plan.seconds);
	const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
	return vscode.window.withProgress(options, async (_progress, token) => {
		const stopping = new AbortController();
		token.onCancellationRequested(() => stopping.abort());
		try {
			return await startLoad(program, plan, stopping.signal);
		} catch (error) {
			if (stopping.signal.aborted) return null;
			throw error;
		}
	});
}
