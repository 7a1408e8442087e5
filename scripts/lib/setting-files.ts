import { isRecord } from "../../src/protocol/index.js";
import { withGenerated } from "./generated.js";
import { configFileSchema, manifestContributions, SCHEMA_FILE, SETTING_STRINGS, settingsTable } from "./setting-contributions.js";
import type { Localised } from "./setting-strings.js";

/** The files that follow from the schema of settings, as they have to be; `read` gives what they are now. */
export function settingFiles(read: (path: string) => string): Readonly<Record<string, string>> {
	const { contribution, strings } = manifestContributions();
	return {
		"package.json": withContributions(read("package.json"), contribution),
		"package.nls.json": withStrings(read("package.nls.json"), strings),
		[SCHEMA_FILE]: asJson(configFileSchema()),
		"README.md": withGenerated(read("README.md"), "npm run settings", settingsTable()),
	};
}

function withContributions(text: string, contribution: Localised["contribution"]): string {
	const manifest: unknown = JSON.parse(text);
	if (!isRecord(manifest) || !isRecord(manifest.contributes)) throw new Error("package.json contributes nothing to VS Code.");
	return asJson({ ...manifest, contributes: { ...manifest.contributes, ...contribution } });
}

/** Those of the settings are generated and come last; the others are written by hand. */
function withStrings(text: string, strings: Localised["strings"]): string {
	const known: unknown = JSON.parse(text);
	const others = Object.entries(isRecord(known) ? known : {}).filter(([key]) => !key.startsWith(SETTING_STRINGS));
	return asJson({ ...Object.fromEntries(others), ...strings });
}

function asJson(value: unknown): string {
	return `${JSON.stringify(value, null, "\t")}\n`;
}
