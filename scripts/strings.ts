import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { STRINGS_FILE, shownStrings } from "./lib/shown-strings.js";

/** Writes the strings that the extension shows, for translators. */
async function main(): Promise<void> {
	const root = join(import.meta.dirname, "..");
	const file = join(root, STRINGS_FILE);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, await shownStrings(root));
	console.log(`Wrote ${STRINGS_FILE}`);
}

void main();
