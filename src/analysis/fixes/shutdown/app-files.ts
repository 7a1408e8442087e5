import type { FixContext } from "../kind.js";

/** App files whose text holds a word. */
export function appFilesWith(word: string, { workspace, model }: FixContext): string[] {
	return workspace.filesWith(word).filter((file) => model.workspace.roleOf(file) === "app");
}

/** Those of them that are `path` or load it. */
export function appFilesLoading(path: string, word: string, context: FixContext): string[] {
	return appFilesWith(word, context).filter((file) => context.workspace.reaches(file, path));
}
