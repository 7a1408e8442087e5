/** `check`: what leaks in a folder, for people or for programs. */
import { parseArgs } from "node:util";
import { type CacheFolder, cacheFolderAt, openProject, userCacheFolder } from "../analysis/index.js";
import type { Settings } from "../config/index.js";
import { formatReport } from "./report-text.js";
import { SETTING_FLAGS, SETTING_USAGE, settingsFor } from "./settings.js";
import { folderOf, parseFlags, UsageError } from "./usage.js";

const USAGE = `Usage: prisma-leak-lens check DIR [options]

  --format text|json     for people (default), or one JSON document
${SETTING_USAGE}
  --cache-dir DIR        where findings are kept for the next run (default: the user's cache folder)
  --no-cache             analyse everything anew, and keep nothing

Ends with 0 when there are no errors, 1 when there are, 2 when it could not run.`;

interface Command {
	readonly root: string;
	readonly format: "text" | "json";
	readonly settings: Settings;
	readonly cache: CacheFolder | null;
}

/** Runs the sub-command on its own arguments; resolves with the exit code. */
export async function runCheck(argv: readonly string[]): Promise<number> {
	if (argv.includes("--help")) {
		console.log(USAGE);
		return 0;
	}
	const { root, format, settings, cache } = await parseCommand(argv);
	const analysis = openProject(root, settings, cache);
	await analysis.scan();
	const report = analysis.report();
	const color = process.stdout.hasColors?.() ?? false;
	console.log(format === "json" ? JSON.stringify(report, null, "\t") : formatReport(report, color));
	return report.summary.errors > 0 ? 1 : 0;
}

async function parseCommand(argv: readonly string[]): Promise<Command> {
	const { values, positionals } = parseFlags(() =>
		parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: {
				format: { type: "string", default: "text" },
				...SETTING_FLAGS,
				"cache-dir": { type: "string" },
				"no-cache": { type: "boolean", default: false },
			},
		}),
	);
	const { format } = values;
	if (format !== "text" && format !== "json") throw new UsageError(`--format is text or json, not "${format}".`);
	const dir = values["cache-dir"];
	const kept = dir === undefined ? userCacheFolder() : cacheFolderAt(dir);
	const cache = values["no-cache"] ? null : kept;
	const root = await folderOf(positionals);
	return { root, format, settings: await settingsFor(root, values), cache };
}
