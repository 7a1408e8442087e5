import * as vscode from "vscode";
import type { AttachTarget, RecordingOptions, SessionState } from "../../protocol/index.js";
import type { MonitorController } from "./controller.js";
import { monitorSettings, monitorThresholds } from "./settings.js";

/** Attaches with a progress that can be cancelled; resolves with the state that followed: live, an error, or idle when it was cancelled. */
export async function attachWithProgress(
	controller: MonitorController,
	target: AttachTarget,
	databaseEndpoints: readonly string[],
	recording: RecordingOptions,
): Promise<SessionState> {
	const { intervalMs, allowRemote } = monitorSettings();
	const thresholds = await monitorThresholds();
	const options = { location: vscode.ProgressLocation.Notification, title: "Prisma Leak Lens", cancellable: true };
	return vscode.window.withProgress(options, (progress, cancellation) => {
		const settled = new Promise<SessionState>((resolve) => {
			const stop = controller.onChange((change) => {
				if (change.type !== "state") return;
				if (change.state.kind === "connecting") {
					progress.report({ message: `${change.state.step}…` });
					return;
				}
				stop();
				resolve(change.state);
			});
		});
		cancellation.onCancellationRequested(() => controller.detach());
		const slowQueryMs = thresholds.limits.slowQuery;
		controller.attach(target, { intervalMs, allowRemote, databaseEndpoints, slowQueryMs, recording }, thresholds);
		return settled;
	});
}
