import type {
	AnnotatedTextEdit,
	ChangeAnnotation,
	CreateFile,
	TextDocumentEdit,
	TextEdit,
	WorkspaceEdit,
} from "vscode-languageserver/node";
import type { FileChange } from "../protocol/index.js";
import type { Place } from "./documents.js";
import { toRange } from "./ranges.js";

type DocumentChange = TextDocumentEdit | CreateFile;

/** Where the files of one workspace folder are. */
export type Placing = (file: string) => Place;

/** The edit of a quick-fix: one undoable step, tied to the versions of the documents that are open. */
export function toWorkspaceEdit(changes: readonly FileChange[], placeOf: Placing): WorkspaceEdit {
	return { documentChanges: toDocumentChanges(changes, placeOf, null) };
}

export interface AnnotatedChanges {
	readonly title: string;
	readonly notes: readonly string[];
	readonly changes: readonly FileChange[];
	readonly placeOf: Placing;
}

/** One edit of several parts, each under its own annotation; an editor shows what needs confirmation before it makes it. */
export function toAnnotatedEdit(parts: readonly AnnotatedChanges[], { needsConfirmation }: { needsConfirmation: boolean }): WorkspaceEdit {
	const changeAnnotations: Record<string, ChangeAnnotation> = {};
	const documentChanges: DocumentChange[] = [];
	for (const [index, part] of parts.entries()) {
		const id = `part-${index + 1}`;
		const description = part.notes.length === 0 ? {} : { description: part.notes.join(" ") };
		changeAnnotations[id] = { label: part.title, needsConfirmation, ...description };
		documentChanges.push(...toDocumentChanges(part.changes, part.placeOf, id));
	}
	return { changeAnnotations, documentChanges };
}

function toDocumentChanges(changes: readonly FileChange[], placeOf: Placing, annotationId: string | null): DocumentChange[] {
	const annotated = annotationId === null ? {} : { annotationId };
	const edit = (newText: string, range: TextEdit["range"]): TextEdit | AnnotatedTextEdit => ({ range, newText, ...annotated });
	return changes.flatMap((change): DocumentChange[] => {
		const textDocument = placeOf(change.file);
		if (change.kind === "edit") {
			return [{ textDocument, edits: change.changes.map(({ range, newText }) => edit(newText, toRange(range))) }];
		}
		const start = { line: 0, character: 0 };
		return [
			{ kind: "create", uri: textDocument.uri, options: { overwrite: false, ignoreIfExists: false }, ...annotated },
			{ textDocument: { uri: textDocument.uri, version: null }, edits: [edit(change.text, { start, end: start })] },
		];
	});
}
