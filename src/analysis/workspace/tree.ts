import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "../../config/index.js";
import type { UnreadFile } from "../../protocol/index.js";
import { brokenReason } from "./broken.js";
import { Exclusions } from "./exclusions.js";
import { type Metadata, readMetadata } from "./metadata.js";
import { withoutByteOrderMark } from "./text.js";
import type { SourceFile } from "./types.js";
import { errorCode, walk } from "./walk.js";

/** A workspace's files as they are on disk: sources by name, metadata files (manifests, schemas, env files, …) read. */
export interface Tree {
	readonly exclusions: Exclusions;
	readonly sources: readonly SourceFile[];
	readonly metadata: Map<string, Metadata>;
	readonly unread: UnreadFile[];
}

/** @throws when the root cannot be read, or with the signal's reason when it is aborted. */
export async function readTree(root: string, settings: Settings, signal?: AbortSignal): Promise<Tree> {
	const exclusions = new Exclusions(root, settings.exclude);
	const { sources, metadata: paths, unread } = await walk(root, exclusions, signal);
	const metadata = new Map<string, Metadata>();
	for (const path of paths) {
		const read = readSaved(root, path);
		if (read.metadata !== null) metadata.set(path, read.metadata);
		unread.push(...read.unread);
	}
	signal?.throwIfAborted();
	return { exclusions, sources, metadata, unread: unread.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

/** What a metadata file says; null where nothing could be made of it. */
export interface ReadFile {
	readonly metadata: Metadata | null;
	/** The file and the reason, where some of it could not be read. */
	readonly unread: readonly UnreadFile[];
}

/** Reads a metadata file from disk. */
export function readSaved(root: string, path: string): ReadFile {
	try {
		// Reading a named pipe, which some password managers put in the place of an env file, would wait for its writer.
		if (!statSync(join(root, path)).isFile()) return { metadata: null, unread: [] };
		return readText(path, readFileSync(join(root, path), "utf8"));
	} catch (error) {
		const unread = errorCode(error) === "ENOENT" ? [] : [{ file: path, reason: `It could not be read: ${errorCode(error)}.` }];
		return { metadata: null, unread };
	}
}

/** Reads a metadata file's text. */
export function readText(path: string, raw: string): ReadFile {
	const text = withoutByteOrderMark(raw);
	const metadata = readMetadata(path, text);
	const reason = brokenReason(path, text, metadata);
	return { metadata, unread: reason === null ? [] : [{ file: path, reason }] };
}
