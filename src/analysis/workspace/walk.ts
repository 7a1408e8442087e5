import { type Dirent, lstatSync, readdirSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { UnreadFile } from "../../protocol/index.js";
import type { Exclusions } from "./exclusions.js";
import { type FileKind, isMinifiedName, kindOf, MAX_SOURCE_BYTES } from "./names.js";
import { TOO_LARGE } from "./text.js";
import type { SourceFile } from "./types.js";

/** The files of a workspace that say something to the analysis. */
export interface Listing {
	readonly sources: SourceFile[];
	readonly metadata: string[];
	readonly unread: UnreadFile[];
}

/** Folders listed between two looks at the signal. Each is listed in one go: a promise per file costs more than the file. */
const BATCH = 32;

/**
 * Lists a tree without following links to folders. A folder that cannot be read is reported and passed over.
 * @throws when the root cannot be read, or with the signal's reason when it is aborted.
 */
export async function walk(root: string, exclusions: Exclusions, signal?: AbortSignal): Promise<Listing> {
	const listing: Listing = { sources: [], metadata: [], unread: [] };
	const pending = [""];
	signal?.throwIfAborted();
	for (let listed = 1; pending.length > 0; listed++) {
		listFolder(root, pending.pop() ?? "", exclusions, listing, pending);
		if (listed % BATCH > 0) continue;
		await setImmediate();
		signal?.throwIfAborted();
	}
	listing.sources.sort(byPath);
	listing.metadata.sort();
	listing.unread.sort((a, b) => (a.file < b.file ? -1 : 1));
	return listing;
}

export function byPath(a: SourceFile, b: SourceFile): number {
	return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

function listFolder(root: string, folder: string, exclusions: Exclusions, listing: Listing, pending: string[]): void {
	let entries: Dirent[];
	try {
		entries = readdirSync(`${root}/${folder}`, { withFileTypes: true });
	} catch (error) {
		const reason = `The folder could not be read: ${errorCode(error)}.`;
		if (folder === "") throw new Error(reason, { cause: error });
		listing.unread.push({ file: folder, reason });
		return;
	}
	const prefix = folder === "" ? "" : `${folder}/`;
	for (const entry of entries) {
		const path = prefix + entry.name;
		if (entry.isDirectory()) {
			if (!exclusions.excludesFolder(path)) pending.push(path);
			continue;
		}
		const kind = kindOf(entry.name);
		if (kind === null || (kind === "source" && !entry.isFile())) continue;
		if (!isReadDespiteRules(kind) && exclusions.excludesFile(path)) continue;
		if (kind === "source" || kind === "prisma-config") addSource(root, path, listing);
		if (kind !== "source") listing.metadata.push(path);
	}
}

/** Env files are git-ignored as a rule, and still are what the app runs with. */
export function isReadDespiteRules(kind: FileKind): boolean {
	return kind === "env" || kind === "lockfile" || kind === "rules";
}

function addSource(root: string, path: string, listing: Listing): void {
	const source = readSource(root, path);
	if (source === null) return;
	if ("reason" in source) listing.unread.push(source);
	else listing.sources.push(source);
}

/** A source's size and time; the reason why it is left out; null when it is not there, or is a link, a pipe or a folder. */
export function readSource(root: string, path: string): SourceFile | UnreadFile | null {
	if (isMinifiedName(path)) return { file: path, reason: "It is minified." };
	try {
		const stats = lstatSync(`${root}/${path}`, { throwIfNoEntry: false });
		if (!stats?.isFile()) return null;
		const { size, mtimeMs } = stats;
		if (size <= MAX_SOURCE_BYTES) return { path, size, mtimeMs };
		return { file: path, reason: TOO_LARGE };
	} catch (error) {
		return { file: path, reason: `It could not be read: ${errorCode(error)}.` };
	}
}

/** The system's code for an error (`EACCES`), or its message. */
export function errorCode(error: unknown): string {
	if (error instanceof Error) return "code" in error && typeof error.code === "string" ? error.code : error.message;
	return String(error);
}
