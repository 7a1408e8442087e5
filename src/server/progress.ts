import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver/node";
import type { ScanOptions, ScanProgress } from "../analysis/index.js";

interface Phase {
	readonly words: string;
	/** The share of the bar it fills, in percent: an editor's bar never goes back. */
	readonly from: number;
	readonly to: number;
}

const PHASES: Readonly<Record<ScanProgress["phase"], Phase>> = {
	list: { words: "listing files", from: 0, to: 10 },
	read: { words: "reading files", from: 10, to: 40 },
	analyse: { words: "following clients across files", from: 40, to: 100 },
};

/** Runs a scan under a progress bar with a cancel button. `signal` is aborted by that button, or by `stop`. */
export async function withProgress(
	connection: Connection,
	title: string,
	stop: AbortSignal,
	scan: (options: ScanOptions) => Promise<void>,
): Promise<void> {
	const progress = await createProgress(connection);
	if (progress === null) return scan({ signal: stop });
	const cancel = new AbortController();
	const listener = progress.token.onCancellationRequested(() => cancel.abort());
	progress.begin(title, 0, PHASES.list.words, true);
	try {
		await scan({ signal: AbortSignal.any([stop, cancel.signal]), onProgress: reporter(progress) });
	} finally {
		listener.dispose();
		progress.done();
	}
}

/** Null when the editor does not show progress: the scan runs all the same. */
async function createProgress(connection: Connection): Promise<WorkDoneProgressServerReporter | null> {
	try {
		return await connection.window.createWorkDoneProgress();
	} catch {
		return null;
	}
}

function reporter(progress: WorkDoneProgressServerReporter): (at: ScanProgress) => void {
	let shown = -1;
	return ({ phase, done, total }) => {
		const { words, from, to } = PHASES[phase];
		const percentage = total === 0 ? from : Math.floor(from + ((to - from) * done) / total);
		if (percentage <= shown) return;
		shown = percentage;
		progress.report(percentage, total === 0 ? words : `${words}, ${done} of ${total}`);
	};
}
