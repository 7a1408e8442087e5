import { ts } from "ts-morph";
import { factsOf } from "./extract.js";
import { parse } from "./parse.js";
import type { FileFacts } from "./types.js";

/** A file that an editor holds open. Its syntax tree is kept, so that after an edit only what changed is parsed again. */
export class EditedText {
	#tree: ts.SourceFile | null = null;

	constructor(private readonly path: string) {}

	/** The facts of the text as it is now; the same as those of a text that is read for the first time. */
	facts(text: string): FileFacts {
		const before = this.#tree;
		// The compiler takes a tree apart while it updates it: one that failed half-way is of no use any more.
		this.#tree = null;
		const tree = before ? ts.updateSourceFile(before, text, changeRange(before.text, text)) : parse(this.path, text);
		this.#tree = tree;
		return factsOf(this.path, tree);
	}
}

/** What differs between two texts: all between their common beginning and their common end. */
function changeRange(before: string, now: string): ts.TextChangeRange {
	const most = Math.min(before.length, now.length);
	let start = 0;
	while (start < most && before.charCodeAt(start) === now.charCodeAt(start)) start++;
	let end = 0;
	while (end < most - start && before.charCodeAt(before.length - 1 - end) === now.charCodeAt(now.length - 1 - end)) end++;
	return { span: { start, length: before.length - start - end }, newLength: now.length - start - end };
}
