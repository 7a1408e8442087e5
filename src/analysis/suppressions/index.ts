import type { Model } from "../rules/types.js";
import type { Suppression } from "./directives.js";

export { applySuppressions, type Heeded } from "./apply.js";
export type { Suppression } from "./directives.js";
export { unusedSuppression } from "./unused.js";

/** The comments of a source, an env file or a schema that silence rules. */
export function suppressionsIn({ linker, workspace }: Model, file: string): readonly Suppression[] {
	return linker.facts(file)?.suppressions ?? workspace.suppressions.get(file) ?? [];
}
