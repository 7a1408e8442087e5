import { isRecord } from "../protocol/index.js";

/**
 * VS Code's `files.exclude` as patterns of `.gitignore`: its globs count from the folder unless they begin with two stars. Entries
 * that are off, or bound to a sibling file (`when`), exclude nothing.
 */
export function patternsOfFilesExclude(value: unknown): readonly string[] {
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([glob, isOn]) => (isOn !== true ? [] : [/^\*\*\/|^\//.test(glob) ? glob : `/${glob}`]));
}
