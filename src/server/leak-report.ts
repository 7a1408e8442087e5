import { type RecordedSamples, readSamples } from "../monitor/index.js";
import { AnalysisMethod, isLeakReportParams } from "../protocol/index.js";
import { analysedIn, leakReport, renderReport } from "../report/index.js";
import type { Folders } from "./folders.js";

/**
 * The text of a folder's report; null where no folder holds what is asked for. A recording that cannot be read is told to `log`, and
 * the report goes without it. @throws when `params` are no `LeakReportParams`
 */
export async function leakReportText(folders: Folders, params: unknown, log: (message: string) => void): Promise<string | null> {
	if (!isLeakReportParams(params)) throw new Error(`${AnalysisMethod.leakReport} takes a uri, a format, and what was measured.`);
	const folder = folders.find(params.uri)?.folder;
	if (folder === undefined) return null;
	const since = params.since ?? 0;
	const recording = await recordingAt(params.recording, since, log);
	const baseline = await recordingAt(params.baseline, 0, log);
	const { profile, database } = folder.settings;
	const report = leakReport({
		name: folder.root.name,
		madeAt: Date.now(),
		...analysedIn(folder.analysis),
		findingsBefore: [],
		recording,
		baseline,
		load: params.load,
		profile,
		database,
	});
	return renderReport(report, params.format);
}

async function recordingAt(path: string | null, since: number, log: (message: string) => void): Promise<RecordedSamples | null> {
	if (path === null) return null;
	try {
		const recorded = await readSamples(path);
		return { ...recorded, samples: recorded.samples.filter(({ t }) => t >= since) };
	} catch (error) {
		log(`The report goes without the recording. ${error instanceof Error ? error.message : String(error)}`);
		return null;
	}
}
