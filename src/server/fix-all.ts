import type { Connection } from "vscode-languageserver/node";
import type { FixAllResult } from "../protocol/index.js";
import type { Folder } from "./folder.js";
import { type AnnotatedChanges, toAnnotatedEdit } from "./workspace-edit.js";

/** Fixes every folder in one edit, which the editor shows for confirmation first. */
export async function fixAll(connection: Connection, folders: readonly Folder[], fixId: string): Promise<FixAllResult> {
	const parts: AnnotatedChanges[] = [];
	const refused: { file: string; line: number; reason: string }[] = [];
	for (const folder of folders) {
		const { outcome, refused: left } = folder.analysis.fixAll(fixId, { kind: "workspace" });
		refused.push(...left.map(({ finding, reason }) => ({ file: finding.file, line: finding.line, reason })));
		if (outcome.kind === "refused" || outcome.fix.changes.length === 0) continue;
		const { title, notes, changes } = outcome.fix;
		parts.push({
			changes,
			placeOf: (file) => folder.placeOf(file),
			annotation: { label: title, needsConfirmation: true, ...(notes.length === 0 ? {} : { description: notes.join(" ") }) },
		});
	}
	const files = parts.reduce((sum, { changes }) => sum + changes.length, 0);
	if (files === 0) return { outcome: "nothing", files, refused };
	const { applied } = await connection.workspace.applyEdit({
		label: parts.map(({ annotation }) => annotation.label).join(", "),
		edit: toAnnotatedEdit(parts),
		metadata: { isRefactoring: true },
	});
	return { outcome: applied ? "applied" : "declined", files, refused };
}
