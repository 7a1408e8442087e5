import { posix } from "node:path";
import { type Suppression, suppressionsIn } from "../suppressions/index.js";
import type { Edit } from "./edits.js";
import type { FixContext } from "./kind.js";

/** How a comment begins in a source, a schema or an env file. */
export function commentOpener(file: string): "//" | "#" {
	return posix.basename(file).startsWith(".env") ? "#" : "//";
}

/** Adds a rule's name to a suppression that is there; null when there is none, or the one there is for all rules anyway. */
export function extended(
	{ model }: FixContext,
	file: string,
	rule: string,
	fits: (suppression: Suppression) => boolean,
	lineStarts: readonly number[],
): Edit | null {
	const range = suppressionsIn(model, file)
		.find((suppression) => suppression.rules.length > 0 && fits(suppression))
		?.rules.at(-1)?.range;
	if (range === undefined) return null;
	const at = (lineStarts[range.endLine - 1] ?? 0) + range.endColumn - 1;
	return { start: at, end: at, text: `, ${rule}` };
}
