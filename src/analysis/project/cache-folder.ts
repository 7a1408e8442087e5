import { statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { CacheFolder } from "./scan-cache.js";

const NAME = "prisma-leak-lens";

/** The user's cache folder, never the workspace; null where the analysis runs from sources, which change without a build. */
export function userCacheFolder(): CacheFolder | null {
	return /\.[cm]?ts$/.test(process.argv[1] ?? "") ? null : cacheFolderAt(join(userCaches(), NAME));
}

/** A cache in a folder of the user's choice. */
export function cacheFolderAt(dir: string): CacheFolder | null {
	const program = process.argv[1];
	const stats = program === undefined ? undefined : statSync(program, { throwIfNoEntry: false });
	return stats === undefined ? null : { dir, build: `${stats.size}-${stats.mtimeMs}` };
}

function userCaches(): string {
	const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	if (process.platform === "win32") return LOCALAPPDATA ?? join(homedir(), "AppData", "Local");
	if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
	return XDG_CACHE_HOME || join(homedir(), ".cache");
}
