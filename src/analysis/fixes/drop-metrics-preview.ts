import { isObsolete } from "../rules/metrics-preview.js";
import { fileEdit } from "./edits.js";
import { spanOf } from "./finding-place.js";
import type { FixContext, FixKind } from "./kind.js";
import { lineStart, nextLine } from "./lines.js";
import { Refusal } from "./types.js";

/** Takes the preview features that leak, or are not needed any more, out of a generator; with the whole line when none is left. */
export const dropMetricsPreview: FixKind = {
	plan(finding, context) {
		const { file } = finding;
		const text = context.text(file);
		const at = spanOf(finding, text).start;
		const list = { start: text.lastIndexOf("[", at), end: text.indexOf("]", at) + 1 };
		const names = obsoleteIn(file, text, list, context);
		if (list.start < 0 || list.end === 0 || names.length === 0) throw new Refusal("This preview feature is not asked for any more.");
		refuseReaders(names, file, context);
		const kept = names.reduce(without, text.slice(list.start, list.end));
		const isEmpty = /^\[[\s,]*\]$/.test(kept);
		const edit = isEmpty ? { start: lineStart(text, list.start), end: nextLine(text, list.end), text: "" } : { ...list, text: kept };
		return {
			title: `Remove the ${names.length === 1 ? "preview feature" : "preview features"} ${names.join(" and ")}`,
			changes: [fileEdit(file, text, [edit])],
			notes: ["Run prisma generate afterwards."],
		};
	},
};

/** All of one list go at once: their edits would meet. */
function obsoleteIn(file: string, text: string, list: { readonly start: number; readonly end: number }, { model }: FixContext): string[] {
	const previews = model.workspace.packages.flatMap((pkg) =>
		pkg.schemas.flatMap((schema) => schema.previews.filter((preview) => preview.file === file && isObsolete(pkg, preview))),
	);
	const here = previews.filter((preview) => {
		const { start } = spanOf(preview.range, text);
		return start > list.start && start < list.end;
	});
	return [...new Set(here.map(({ name }) => name))];
}

/** Without the feature the generated client has no `$metrics` to read. */
function refuseReaders(names: readonly string[], file: string, { model, workspace }: FixContext): void {
	const major = model.workspace.packageOf(file).prismaMajor;
	const [reader] = names.includes("metrics") && (major === null || major < 7) ? workspace.filesWith("$metrics") : [];
	if (reader !== undefined) throw new Refusal(`${reader} reads $metrics, which goes with the feature. Replace that first.`);
}

function without(list: string, name: string): string {
	return list.replace(new RegExp(`"${name}"\\s*,\\s*|\\s*,\\s*"${name}"(?=\\s*\\])|"${name}"`), "");
}
