import { resolve } from "node:path";
import type { Settings } from "../../config/index.js";
import { LoadedWorkspace } from "./loaded-workspace.js";
import { readTree } from "./tree.js";
import type { LiveWorkspace } from "./types.js";

/**
 * Lists a workspace and reads what its packages, schemas and env files say.
 * @throws when the root cannot be read, or with the signal's reason when it is aborted.
 */
export async function loadWorkspace(root: string, settings: Settings, signal?: AbortSignal): Promise<LiveWorkspace> {
	const absolute = resolve(root);
	return new LoadedWorkspace(absolute, settings, await readTree(absolute, settings, signal));
}
