import type { Settings } from "../../config/index.js";
import type { LiveWorkspace, SourceFile } from "../workspace/index.js";
import { hashOf, type SourceStamp, type StoredScan } from "./scan-cache.js";
import type { SourceStore } from "./source-store.js";

/** What findings depend on beside sources: settings, and all the workspace says of its packages. */
export function modelStamp(workspace: LiveWorkspace, settings: Settings): string {
	return hashOf(JSON.stringify([settings, workspace.fingerprint]));
}

/** Whether nothing a stored scan rests on has changed. Sizes and times decide; where they differ, the texts do. */
export function isCurrent(stored: StoredScan, workspace: LiveWorkspace, model: string, store: SourceStore): boolean {
	const { sources } = workspace;
	if (stored.model !== model || stored.sources.length !== sources.length) return false;
	return (
		sources.every((source, index) => isSame(source, stored.sources[index], store)) &&
		stored.consulted.every(({ path, hash }) => hashOfFile(store, path) === hash)
	);
}

/** Whether some source was written anew with the same text. */
export function isTouched(stored: StoredScan, { sources }: LiveWorkspace): boolean {
	return sources.some((source, index) => !isUntouched(source, stored.sources[index]));
}

function isUntouched(source: SourceFile, stamp: SourceStamp | undefined): boolean {
	return stamp?.size === source.size && stamp.mtimeMs === source.mtimeMs;
}

function isSame(source: SourceFile, stamp: SourceStamp | undefined, store: SourceStore): boolean {
	if (stamp?.path !== source.path) return false;
	return isUntouched(source, stamp) || hashOfFile(store, source.path) === stamp.hash;
}

export function stampSources(sources: readonly SourceFile[], store: SourceStore): SourceStamp[] {
	return sources.map(({ path, size, mtimeMs }) => ({ path, size, mtimeMs, hash: hashOfFile(store, path) ?? "" }));
}

export function stampConsulted(store: SourceStore): StoredScan["consulted"] {
	return store.consulted.map((path) => ({ path, hash: hashOfFile(store, path) }));
}

function hashOfFile(store: SourceStore, path: string): string | null {
	const text = store.text(path);
	return text === undefined ? null : hashOf(text);
}
