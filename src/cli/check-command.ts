/** The command line of `check`. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type CacheFolder, cacheFolderAt, userCacheFolder } from "../analysis/index.js";
import type { Settings } from "../config/index.js";
import { SETTING_FLAGS, SETTING_USAGE, settingsFor } from "./settings.js";
import { folderOf, parseChoice, parseFlags, UsageError } from "./usage.js";

export const CHECK_FORMATS = ["text", "json", "sarif", "github"] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export const USAGE = `Usage: prisma-leak-lens check DIR [options]

  --format ${CHECK_FORMATS.join("|")}
                         for people (default), one JSON document, SARIF 2.1.0 for code scanning, or annotations of a
                         GitHub workflow; the latter two name files relative to the working directory
  --baseline FILE        leave out the findings that FILE knows: only new ones are shown and counted
  --update-baseline      write what is found now to the FILE of --baseline, and end with 0
  --max-warnings N       end with 1 when there are more than N warnings
${SETTING_USAGE}
  --cache-dir DIR        where findings are kept for the next run (default: the user's cache folder)
  --no-cache             analyse everything anew, and keep nothing

Ends with 0 when there are no errors, 1 when there are or warnings are too many, 2 when it could not run.`;

export interface Command {
	readonly root: string;
	readonly format: CheckFormat;
	readonly settings: Settings;
	readonly cache: CacheFolder | null;
	/** Absolute path. */
	readonly baseline: string | null;
	readonly updateBaseline: boolean;
	readonly maxWarnings: number;
}

/** @throws UsageError for a command line that cannot be used. */
export async function parseCommand(argv: readonly string[]): Promise<Command> {
	const { values, positionals } = parseFlags(() =>
		parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: {
				format: { type: "string", default: "text" },
				baseline: { type: "string" },
				"update-baseline": { type: "boolean", default: false },
				"max-warnings": { type: "string" },
				...SETTING_FLAGS,
				"cache-dir": { type: "string" },
				"no-cache": { type: "boolean", default: false },
			},
		}),
	);
	const format = parseChoice("--format", values.format, CHECK_FORMATS);
	const baseline = values.baseline === undefined ? null : resolve(values.baseline);
	const updateBaseline = values["update-baseline"];
	if (updateBaseline && baseline === null) throw new UsageError("--update-baseline writes the file that --baseline names: say which.");
	const dir = values["cache-dir"];
	const kept = dir === undefined ? userCacheFolder() : cacheFolderAt(dir);
	const root = await folderOf(positionals);
	return {
		root,
		format,
		settings: await settingsFor(root, values),
		cache: values["no-cache"] ? null : kept,
		baseline,
		updateBaseline,
		maxWarnings: parseMaxWarnings(values["max-warnings"]),
	};
}

function parseMaxWarnings(value: string | undefined): number {
	if (value === undefined) return Number.POSITIVE_INFINITY;
	if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--max-warnings takes a whole number from 0, not "${value}".`);
	return Number(value);
}
