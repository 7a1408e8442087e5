import type { FileChange, TextChange } from "../protocol/index.js";

/**
 * Joins the change sets of several fixes. A set that touches text another one changes is left out as a whole: half a fix is worse
 * than none, and the next run makes it.
 */
export function mergeChanges(sets: readonly (readonly FileChange[])[]): readonly FileChange[] {
	const merged = new Map<string, FileChange>();
	for (const set of sets) {
		if (set.some((change) => clashes(merged.get(change.file), change))) continue;
		for (const change of set) merged.set(change.file, join(merged.get(change.file), change));
	}
	return [...merged.values()];
}

function clashes(present: FileChange | undefined, change: FileChange): boolean {
	if (present === undefined) return false;
	if (present.kind === "create" || change.kind === "create") return true;
	return present.changes.some((a) => change.changes.some((b) => overlaps(a, b)));
}

function join(present: FileChange | undefined, change: FileChange): FileChange {
	if (present?.kind !== "edit" || change.kind !== "edit") return change;
	return { ...present, changes: [...present.changes, ...change.changes] };
}

/** Two insertions at one place count too: their order would be chance. */
function overlaps({ range: a }: TextChange, { range: b }: TextChange): boolean {
	return !endsBefore(a, b) && !endsBefore(b, a);
}

function endsBefore(a: TextChange["range"], b: TextChange["range"]): boolean {
	return a.endLine < b.line || (a.endLine === b.line && a.endColumn < b.column);
}
