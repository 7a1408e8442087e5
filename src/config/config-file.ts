import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { brokenLine, lineOf, parseJsonc } from "./jsonc.js";
import { FILE_SETTING_NAMES } from "./schema.js";
import type { Source } from "./settle.js";

/** The config file's name at the root of a folder. */
export const CONFIG_FILE = "prisma-leak-lens.json";

/** What a config file says, or why it says nothing. */
export type ConfigFile = { readonly kind: "read"; readonly source: Source } | { readonly kind: "broken"; readonly problem: string };

/** Reads a config file; null when there is none. */
export async function readConfigFile(path: string): Promise<ConfigFile | null> {
	const name = basename(path);
	try {
		return parseConfigFile(name, await readFile(path, "utf8"));
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
		if (code === "ENOENT") return null;
		return { kind: "broken", problem: `${name} could not be read (${code}). Until it can, it is passed over.` };
	}
}

/** JSON, with comments and trailing commas. An empty file says nothing. */
export function parseConfigFile(name: string, text: string): ConfigFile {
	const values = text.trim() === "" ? {} : parseJsonc(text);
	if (values === undefined) {
		const line = brokenLine(text);
		const where = line === null ? name : `${name}:${line}`;
		return { kind: "broken", problem: `${where} is not valid JSON. Until it is, the whole file is passed over.` };
	}
	return {
		kind: "read",
		source: {
			values,
			names: ["$schema", ...FILE_SETTING_NAMES],
			nameOf: (path) => (path.length === 0 ? name : `${name}:${lineOf(text, path)}: ${path.join(".")}`),
		},
	};
}
