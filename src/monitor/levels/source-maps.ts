/** Follows positions in scripts of the target back to the sources they were made from. */
import { readFile, stat } from "node:fs/promises";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isListOf, isRecord, isString, SITE_FILE_LIMIT } from "../../protocol/index.js";

export interface Position {
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** From 1. */
	readonly column: number;
}

const MAX_MAP_BYTES = 64 * 1024 * 1024;
const INLINE = /^data:application\/json[^,]*;base64,/;

/** A `file:` URL becomes a path; everything else stays as it is. */
export function pathOf(file: string): string {
	try {
		return file.startsWith("file:") ? fileURLToPath(file) : file;
	} catch {
		return file;
	}
}

/** The last `sourceMappingURL` of a script's text; null when it has none. */
export function sourceMapUrl(script: string): string | null {
	const found = [...script.matchAll(/^\/\/[#@] sourceMappingURL=(\S+)\s*$/gm)].at(-1)?.[1];
	return found ?? null;
}

/** Reads the map that a script at `file` names: inline, or a file beside it when the script lies on this machine. Null when there is none that can be used. */
export async function loadSourceMap(file: string, url: string, isLocal: boolean): Promise<SourceMap | null> {
	const path = pathOf(file);
	const text = INLINE.test(url) ? decode(url) : isLocal && isAbsolute(path) ? await readMap(resolve(dirname(path), pathOf(url))) : null;
	if (text === null) return null;
	try {
		const payload: unknown = JSON.parse(text);
		return isPayload(payload) ? new SourceMap(payload) : null;
	} catch {
		return null;
	}
}

/** Null when the map says nothing of that position. */
export function mapPosition(map: SourceMap, { file, line, column }: Position): Position | null {
	const entry: unknown = map.findEntry(line - 1, column - 1);
	if (!isRecord(entry)) return null;
	const { originalSource, originalLine, originalColumn } = entry;
	if (typeof originalSource !== "string" || typeof originalLine !== "number" || typeof originalColumn !== "number") return null;
	const path = resolve(dirname(pathOf(file)), pathOf(originalSource));
	return path.length > SITE_FILE_LIMIT ? null : { file: path, line: originalLine + 1, column: originalColumn + 1 };
}

function decode(url: string): string {
	return Buffer.from(url.slice(url.indexOf(",") + 1), "base64").toString("utf8");
}

async function readMap(path: string): Promise<string | null> {
	try {
		return (await stat(path)).size > MAX_MAP_BYTES ? null : await readFile(path, "utf8");
	} catch {
		return null;
	}
}

const isStrings = isListOf(isString, 100_000);

function isPayload(value: unknown): value is SourceMapPayload {
	return isRecord(value) && value.version === 3 && typeof value.mappings === "string" && isStrings(value.sources);
}
