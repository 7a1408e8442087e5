import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getL10nJson } from "@vscode/l10n-dev";

/** Where the strings that `src/extension` shows lie for translators. */
export const STRINGS_FILE = "l10n/bundle.l10n.json";

/** What `src/extension` passes to `l10n.t`, sorted, as the file has to be. */
export async function shownStrings(root: string): Promise<string> {
	const folder = join(root, "src", "extension");
	const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
	const strings = await getL10nJson(files.map((file) => ({ extension: ".ts", contents: readFileSync(join(folder, file), "utf8") })));
	const sorted = Object.entries(strings).sort(([a], [b]) => (a < b ? -1 : 1));
	return `${JSON.stringify(Object.fromEntries(sorted), null, "\t")}\n`;
}
