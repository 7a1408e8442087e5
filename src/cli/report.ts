/** `report`: what leaks in a folder and what a recording measured, as one document. */
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openProject } from "../analysis/index.js";
import { type RecordedSamples, readSamples } from "../monitor/index.js";
import type { Finding } from "../protocol/index.js";
import { analysedIn, findingsOfCheck, leakReport, REPORT_FORMATS, renderReport } from "../report/index.js";
import { SETTING_FLAGS, SETTING_USAGE, settingsFor } from "./settings.js";
import { folderOf, parseChoice, parseFlags, UsageError } from "./usage.js";
import { writeFiles } from "./write-files.js";

const USAGE = `Usage: prisma-leak-lens report DIR [options]

  --format ${REPORT_FORMATS.join("|")}
                         what it is written as (default markdown); html has charts
  --recording FILE       what the process measures: what "monitor --format ndjson" printed, or a recording's folder
  --baseline FILE        the same from before the repair, to compare with
  --check-before FILE    what "check --format json" printed before the repair, to tell what was mended
  --output FILE          where it is written (default: stdout)
${SETTING_USAGE}

Ends with 0, or 2 when it could not run.`;

/** Runs the sub-command on its own arguments; resolves with the exit code. */
export async function runReport(argv: readonly string[]): Promise<number> {
	if (argv.includes("--help")) {
		console.log(USAGE);
		return 0;
	}
	const { values, positionals } = parseFlags(() =>
		parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: {
				format: { type: "string", default: "markdown" },
				recording: { type: "string" },
				baseline: { type: "string" },
				"check-before": { type: "string" },
				output: { type: "string" },
				...SETTING_FLAGS,
			},
		}),
	);
	const format = parseChoice("--format", values.format, REPORT_FORMATS);
	const root = await folderOf(positionals);
	const settings = await settingsFor(root, values);
	const [recording, baseline] = [await recordingAt("--recording", values.recording), await recordingAt("--baseline", values.baseline)];
	const findingsBefore = await checkedBefore(values["check-before"]);
	const analysis = openProject(root, settings);
	await analysis.scan();
	const report = leakReport({
		name: basename(root),
		madeAt: Date.now(),
		...analysedIn(analysis),
		findingsBefore,
		recording,
		baseline,
		load: null,
		profile: settings.profile,
		database: settings.database,
	});
	const text = renderReport(report, format);
	if (values.output === undefined) process.stdout.write(text);
	else await writeFiles(new Map([[resolve(values.output), text]]));
	return 0;
}

async function recordingAt(flag: string, path: string | undefined): Promise<RecordedSamples | null> {
	if (path === undefined) return null;
	return readSamples(resolve(path)).catch((error: unknown) => {
		throw new UsageError(`${flag}: ${error instanceof Error ? error.message : String(error)}`);
	});
}

async function checkedBefore(path: string | undefined): Promise<readonly Finding[]> {
	if (path === undefined) return [];
	const text = await readFile(resolve(path), "utf8").catch((error: unknown) => {
		throw new UsageError(`--check-before: ${error instanceof Error ? error.message : String(error)}`);
	});
	const findings = findingsOfCheck(text);
	if (findings === null) throw new UsageError(`--check-before: ${resolve(path)} is not what "check --format json" prints.`);
	return findings;
}
