import { join, resolve } from "node:path";

export const projectRoot = resolve(import.meta.dirname, "../..");

/** What tests and `npm start` download or build for themselves; git-ignored, safe to delete. */
export const cacheFolder = join(projectRoot, ".vscode-test");
