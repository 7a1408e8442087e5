import type { FileChange, TextChange } from "../../protocol/index.js";

/** Changes of several repairs that can be made in one step. */
export class ChangeSet {
	readonly #files = new Map<string, FileChange>();

	get changes(): readonly FileChange[] {
		return [...this.#files.values()];
	}

	/** Takes a repair in as a whole, or not at all when it touches text that another one changes otherwise: half a repair is worse than none. */
	add(changes: readonly FileChange[]): boolean {
		if (changes.some((change) => clashes(this.#files.get(change.file), change))) return false;
		for (const change of changes) this.#files.set(change.file, joined(this.#files.get(change.file), change));
		return true;
	}
}

function clashes(present: FileChange | undefined, change: FileChange): boolean {
	if (present === undefined) return false;
	if (present.kind === "create" || change.kind === "create") return true;
	return present.changes.some((a) => change.changes.some((b) => overlaps(a, b) && !isSame(a, b)));
}

function joined(present: FileChange | undefined, change: FileChange): FileChange {
	if (present?.kind !== "edit" || change.kind !== "edit") return change;
	const more = change.changes.filter((b) => !present.changes.some((a) => isSame(a, b)));
	return {
		...present,
		changes: [...present.changes, ...more].sort((a, b) => a.range.line - b.range.line || a.range.column - b.range.column),
	};
}

/** Two repairs that want the same, such as one import or one constant's new value, make it once. */
function isSame(a: TextChange, b: TextChange): boolean {
	return a.newText === b.newText && isAt(a.range, b.range);
}

function isAt(a: TextChange["range"], b: TextChange["range"]): boolean {
	return a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn;
}

/** Two insertions at one place count too: their order would be chance. */
function overlaps({ range: a }: TextChange, { range: b }: TextChange): boolean {
	return !endsBefore(a, b) && !endsBefore(b, a);
}

function endsBefore(a: TextChange["range"], b: TextChange["range"]): boolean {
	return a.endLine < b.line || (a.endLine === b.line && a.endColumn < b.column);
}
