import { isRecord } from "../../src/protocol/index.js";
import { withGenerated } from "./generated.js";
import { configFileSchema, manifestContributions, SCHEMA_FILE, settingsTable } from "./setting-contributions.js";

/** The files that follow from the schema of settings, as they have to be; `read` gives what they are now. */
export function settingFiles(read: (path: string) => string): Readonly<Record<string, string>> {
	return {
		"package.json": withContributions(read("package.json")),
		[SCHEMA_FILE]: asJson(configFileSchema()),
		"README.md": withGenerated(read("README.md"), "npm run settings", settingsTable()),
	};
}

function withContributions(text: string): string {
	const manifest: unknown = JSON.parse(text);
	if (!isRecord(manifest) || !isRecord(manifest.contributes)) throw new Error("package.json contributes nothing to VS Code.");
	return asJson({ ...manifest, contributes: { ...manifest.contributes, ...manifestContributions() } });
}

function asJson(value: unknown): string {
	return `${JSON.stringify(value, null, "\t")}\n`;
}
