import { type RecordedSamples, readSamples } from "../monitor/index.js";
import { isLeakReportParams, LEAK_REPORT_METHOD } from "../protocol/index.js";
import { analysedIn, leakReport, renderReport } from "../report/index.js";
import type { Folders } from "./folders.js";

/**
 * The text of a folder's report; null where no folder holds what is asked for. A recording that cannot be read is told to `log`, and
 * the report goes without it. @throws when `params` are no `LeakReportParams`
 */
export async function leakReportText(folders: Folders, params: unknown, log: (message: string) => void): Promise<string | null> {
	if (!isLeakReportParams(params)) throw new Error(`${LEAK_REPORT_METHOD} takes {"uri", "recording", "format"}.`);
	const folder = folders.find(params.uri)?.folder;
	if (folder === undefined) return null;
	const recording = params.recording === null ? null : await recordingAt(params.recording, log);
	const { profile, database } = folder.settings;
	const report = leakReport({
		name: folder.root.name,
		madeAt: Date.now(),
		...analysedIn(folder.analysis),
		findingsBefore: [],
		recording,
		baseline: null,
		profile,
		database,
	});
	return renderReport(report, params.format);
}

function recordingAt(path: string, log: (message: string) => void): Promise<RecordedSamples | null> {
	return readSamples(path).catch((error: unknown) => {
		log(`The report goes without the recording. ${error instanceof Error ? error.message : String(error)}`);
		return null;
	});
}
