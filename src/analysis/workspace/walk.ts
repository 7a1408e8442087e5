import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { UnreadFile } from "../../protocol/index.js";
import type { Exclusions } from "./exclusions.js";
import { type FileKind, isMinifiedName, kindOf, MAX_SOURCE_BYTES } from "./names.js";
import type { SourceFile } from "./types.js";

/** The files of a workspace that say something to the analysis. */
export interface Listing {
	readonly sources: SourceFile[];
	readonly metadata: string[];
	readonly unread: UnreadFile[];
}

/** Open folders at a time: enough to keep a slow disk busy, few enough not to run out of handles. */
const CONCURRENCY = 32;

/**
 * Lists a tree without following links to folders. A folder that cannot be read is reported and passed over.
 * @throws the signal's reason when it is aborted.
 */
export async function walk(root: string, exclusions: Exclusions, signal?: AbortSignal): Promise<Listing> {
	const listing: Listing = { sources: [], metadata: [], unread: [] };
	const pending = [""];
	while (pending.length > 0) {
		signal?.throwIfAborted();
		const batch = pending.splice(-CONCURRENCY);
		await Promise.all(batch.map((folder) => listFolder(root, folder, exclusions, listing, pending)));
	}
	listing.sources.sort(byPath);
	listing.metadata.sort();
	listing.unread.sort((a, b) => (a.file < b.file ? -1 : 1));
	return listing;
}

export function byPath(a: SourceFile, b: SourceFile): number {
	return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

async function listFolder(root: string, folder: string, exclusions: Exclusions, listing: Listing, pending: string[]): Promise<void> {
	let entries: Dirent[];
	try {
		entries = await readdir(join(root, folder), { withFileTypes: true });
	} catch (error) {
		listing.unread.push({ file: folder === "" ? "." : folder, reason: `The folder could not be read: ${errorCode(error)}.` });
		return;
	}
	const prefix = folder === "" ? "" : `${folder}/`;
	const sources: Promise<void>[] = [];
	for (const entry of entries) {
		const path = prefix + entry.name;
		if (entry.isDirectory()) {
			if (!exclusions.excludesFolder(path)) pending.push(path);
			continue;
		}
		const kind = kindOf(entry.name);
		if (kind === null || (kind === "source" && !entry.isFile())) continue;
		if (!isReadDespiteRules(kind) && exclusions.excludesFile(path)) continue;
		if (kind === "source" || kind === "prisma-config") sources.push(addSource(root, path, listing));
		if (kind !== "source") listing.metadata.push(path);
	}
	await Promise.all(sources);
}

/** Env files are git-ignored as a rule, and still are what the app runs with. */
export function isReadDespiteRules(kind: FileKind): boolean {
	return kind === "env" || kind === "lockfile" || kind === "rules";
}

async function addSource(root: string, path: string, listing: Listing): Promise<void> {
	const source = await readSource(root, path);
	if (source === null) return;
	if ("reason" in source) listing.unread.push(source);
	else listing.sources.push(source);
}

/** A source's size and time; the reason why it is left out; null when it is not there. */
export async function readSource(root: string, path: string): Promise<SourceFile | UnreadFile | null> {
	if (isMinifiedName(path)) return { file: path, reason: "It is minified." };
	try {
		const { size, mtimeMs } = await stat(join(root, path));
		if (size <= MAX_SOURCE_BYTES) return { path, size, mtimeMs };
		return { file: path, reason: `It is larger than ${MAX_SOURCE_BYTES / 1e6} MB.` };
	} catch (error) {
		if (errorCode(error) === "ENOENT") return null;
		return { file: path, reason: `It could not be read: ${errorCode(error)}.` };
	}
}

/** The system's code for an error (`EACCES`), or its message. */
export function errorCode(error: unknown): string {
	if (error instanceof Error) return "code" in error && typeof error.code === "string" ? error.code : error.message;
	return String(error);
}
