import type { ImportGraph } from "../project/import-graph.js";
import type { Workspace } from "../workspace/index.js";

/** Who imports a module. */
export interface Users {
	/** App files, in path order. */
	readonly files: readonly string[];
	/** The module, and those that only pass it on. */
	readonly modules: ReadonlySet<string>;
}

/** The app files that import `file`, directly or from a module that re-exports it. */
export function usersOf(workspace: Workspace, imports: ImportGraph, file: string): Users {
	const modules = new Set([file]);
	const files = new Set<string>();
	for (const module of modules) {
		for (const importer of imports.importersOf(module)) {
			if (workspace.roleOf(importer) !== "app") continue;
			if (imports.text(importer)?.isBarrel) modules.add(importer);
			else files.add(importer);
		}
	}
	return { files: [...files].sort(), modules };
}
