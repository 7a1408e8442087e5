import { lineStartsOf } from "../workspace/index.js";
import { fileEdit } from "./edits.js";
import type { FixKind } from "./kind.js";
import { nextLine } from "./lines.js";
import { newLineOf } from "./style.js";
import { commentOpener, extended } from "./suppression-comment.js";

/** Silences a finding's rule in its whole file: a comment at the top, or the rule's name in the one that is there. */
export const suppressFile: FixKind = {
	plan({ file, rule }, context) {
		const text = context.text(file);
		const title = `Suppress ${rule} in this file`;
		const edit = extended(context, file, rule, ({ form }) => form === "disable-file", lineStartsOf(text));
		if (edit !== null) return { title, changes: [fileEdit(file, text, [edit])], notes: [] };
		const at = text.startsWith("#!") ? nextLine(text, 0) : 0;
		const comment = `${commentOpener(file)} prisma-leak-lens-disable-file ${rule}${newLineOf(text)}`;
		return { title, changes: [fileEdit(file, text, [{ start: at, end: at, text: comment }])], notes: [] };
	},
};
