import { join, resolve } from "node:path";
import {
	CONFIG_FILE,
	type ConfigFile,
	LEVELS,
	type Level,
	PROFILE_NAMES,
	RULE_IDS,
	type RuleId,
	readConfigFile,
	type Settings,
	settle,
	suggestion,
} from "../config/index.js";
import { parseChoice, UsageError } from "./usage.js";

/** The flags that settings come from, for `parseArgs`. */
export const SETTING_FLAGS = {
	config: { type: "string" },
	profile: { type: "string" },
	severity: { type: "string", multiple: true },
} as const;

export const SETTING_USAGE = `  --config FILE          settings (default: ${CONFIG_FILE} in DIR, if it is there)
  --profile ${PROFILE_NAMES.join("|")}
                         what pool sizes and time-outs are measured against
  --severity RULE=${LEVELS.join("|")}
                         how a rule's findings count; may be given several times`;

interface Flags {
	readonly config?: string | undefined;
	readonly profile?: string | undefined;
	readonly severity?: readonly string[] | undefined;
}

/**
 * The settings of a folder for one run: its config file, and over it the flags. What the file holds and cannot be used is told on
 * stderr. @throws UsageError for a flag that cannot be used.
 */
export async function settingsFor(root: string, flags: Flags): Promise<Settings> {
	const given = {
		...(flags.profile === undefined ? {} : { profile: parseChoice("--profile", flags.profile, PROFILE_NAMES) }),
		rules: Object.fromEntries((flags.severity ?? []).map(parseSeverity)),
	};
	const file = await configFile(root, flags.config);
	const sources = file?.kind === "read" ? [file.source] : [];
	const { settings, problems } = settle([...sources, { values: given, names: Object.keys(given), nameOf: (path) => path.join(".") }]);
	for (const problem of file?.kind === "broken" ? [file.problem] : problems) console.error(problem);
	return settings;
}

async function configFile(root: string, given: string | undefined): Promise<ConfigFile | null> {
	const file = await readConfigFile(given === undefined ? join(root, CONFIG_FILE) : resolve(given));
	if (file === null && given !== undefined) throw new UsageError(`--config names ${resolve(given)}, and there is no such file.`);
	return file;
}

function parseSeverity(value: string): readonly [RuleId, Level] {
	const [id = "", severity = ""] = value.split("=");
	const rule = RULE_IDS.find((name) => name === id);
	const level = LEVELS.find((name) => name === severity);
	if (rule === undefined) throw new UsageError(`--severity ${value}: "${id}" names no rule${suggestion(id, RULE_IDS)}`);
	if (level === undefined) throw new UsageError(`--severity takes ${id}=LEVEL, and a level is ${LEVELS.join(", ")}.`);
	return [rule, level];
}
