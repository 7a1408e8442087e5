import { SETTING_NAMES } from "./schema.js";
import type { Source } from "./settle.js";

/** The section `prismaLeakLens` of an editor's settings, as far as a person has set them. */
export function editorSource(section: unknown): Source {
	return {
		values: section ?? undefined,
		names: SETTING_NAMES,
		nameOf: (path) => ["prismaLeakLens", ...path].join("."),
	};
}
