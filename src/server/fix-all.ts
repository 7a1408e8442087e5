import type { Connection } from "vscode-languageserver/node";
import type { FixScope } from "../analysis/index.js";
import type { FixAllParams, FixAllResult, FixableRule } from "../protocol/index.js";
import type { Folder } from "./folder.js";
import type { Folders } from "./folders.js";
import { type AnnotatedChanges, toAnnotatedEdit } from "./workspace-edit.js";

interface Part {
	readonly folder: Folder;
	readonly scope: FixScope;
}

/** Fixes what is selected in one edit, which the editor shows for confirmation first unless it is to be made at once. */
export async function fixAll(
	connection: Connection,
	folders: Folders,
	{ rule, fix, uri, how = "preview" }: FixAllParams,
): Promise<FixAllResult> {
	const parts: AnnotatedChanges[] = [];
	const refused: { file: string; line: number; reason: string }[] = [];
	for (const { folder, scope } of partsOf(folders, uri)) {
		const { outcome, refused: left } = folder.analysis.fixAll({ rule, fix }, scope);
		refused.push(...left.map(({ finding, reason }) => ({ file: finding.file, line: finding.line, reason })));
		if (outcome.kind === "refused" || outcome.fix.changes.length === 0) continue;
		const { title, notes, changes } = outcome.fix;
		parts.push({ title, notes, changes, placeOf: (file) => folder.placeOf(file) });
	}
	const files = parts.reduce((sum, { changes }) => sum + changes.length, 0);
	const label = [...new Set(parts.map(({ title }) => title))].join(", ");
	const told = { label, notes: [...new Set(parts.flatMap(({ notes }) => notes))], files, refused };
	if (files === 0) return { outcome: "nothing", ...told };
	if (how === "plan") return { outcome: "planned", ...told };
	const edit = toAnnotatedEdit(parts, { needsConfirmation: how === "preview" });
	const { applied } = await connection.workspace.applyEdit({ label, edit, metadata: { isRefactoring: true } });
	if (!applied) return { outcome: "declined", ...told };
	return { outcome: how === "preview" ? "ticked" : "applied", ...told };
}

export function fixableRules(folders: Folders): FixableRule[] {
	const counts = new Map<string, number>();
	for (const { rule, fixes } of folders.all().flatMap((folder) => folder.analysis.findings())) {
		if (fixes.length > 0) counts.set(rule, (counts.get(rule) ?? 0) + 1);
	}
	return [...counts].map(([rule, findings]) => ({ rule, findings })).sort((a, b) => b.findings - a.findings);
}

function partsOf(folders: Folders, uri: string | undefined): readonly Part[] {
	const all = folders.all().map((folder): Part => ({ folder, scope: { kind: "workspace" } }));
	if (uri === undefined) return all;
	const found = folders.find(uri);
	// The root of a workspace folder is none of its files.
	if (found === null || found.file === "") return all.filter(({ folder }) => folder.uri === uri);
	const { folder, file } = found;
	const isFile = folder.analysis.findings(file).length > 0;
	return [{ folder, scope: isFile ? { kind: "file", file } : { kind: "folder", folder: file } }];
}
