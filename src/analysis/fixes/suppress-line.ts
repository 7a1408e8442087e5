import { ts } from "ts-morph";
import { surroundings } from "../facts/comments.js";
import { parse } from "../facts/parse.js";
import { lineStartsOf } from "../workspace/index.js";
import { type Edit, fileEdit } from "./edits.js";
import type { FixKind } from "./kind.js";
import { lineEnd, lineStart } from "./lines.js";
import { newLineOf } from "./style.js";
import { commentOpener, extended } from "./suppression-comment.js";
import { Refusal } from "./types.js";

const SOURCE = /\.[cm]?[jt]sx?$/;

/** Comments that speak of the line right below them: ours goes above. */
const BOUND_TO_NEXT_LINE =
	/^(?:\/\/|\{?\/\*)\s*(?:(?:es|ox)lint-disable-next-line|biome-ignore|prettier-ignore|@ts-(?:ignore|expect-error))\b/;

/** Silences a finding's rule for its line: a comment above it, or the rule's name in the one that is there. */
export const suppressLine: FixKind = {
	plan({ file, line, rule }, context) {
		const text = context.text(file);
		const lineStarts = lineStartsOf(text);
		const above = extended(context, file, rule, (known) => known.form === "disable-next-line" && known.line === line, lineStarts);
		const edit =
			above ??
			(SOURCE.test(file) ? inSource(file, text, lineStarts[line - 1] ?? 0, rule) : inPlain(file, text, lineStarts[line - 1] ?? 0, rule));
		return { title: `Suppress ${rule} for this line`, changes: [fileEdit(file, text, [edit])], notes: [] };
	},
};

function inPlain(file: string, text: string, start: number, rule: string): Edit {
	return inserted(text, start, `${commentOpener(file)} prisma-leak-lens-disable-next-line ${rule}`);
}

/** Above the line where that is code or JSX, else at its end; inside a template a comment would be text. */
function inSource(file: string, text: string, start: number, rule: string): Edit {
	const source = parse(file, text);
	const place = surroundings(source, start);
	const comment = `prisma-leak-lens-disable-next-line ${rule}`;
	if (place.kind === "gap" && !isInComment(text, place.from, start)) return inserted(text, start, `// ${comment}`);
	if (place.kind === "token" && ts.isJsxText(place.token)) return inserted(text, start, `{/* ${comment} */}`);
	const end = lineEnd(text, start);
	const at = text[end - 1] === "\r" ? end - 1 : end;
	const after = surroundings(source, at);
	if (after.kind === "token" || isInComment(text, after.from, at)) {
		throw new Refusal("This line lies inside a text that runs over several lines, where a comment would be part of the text.");
	}
	return { start: at, end: at, text: ` // prisma-leak-lens-disable-line ${rule}` };
}

/** Above the line that starts at `start`, and above the comments that are bound to it, as far in as it is. */
function inserted(text: string, start: number, comment: string): Edit {
	let at = start;
	while (at > 0 && BOUND_TO_NEXT_LINE.test(text.slice(lineStart(text, at - 1), at).trim())) at = lineStart(text, at - 1);
	const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? "";
	return { start: at, end: at, text: `${indent}${comment}${newLineOf(text)}` };
}

/** Whether a gap has an open comment at `position`. */
function isInComment(text: string, from: number, position: number): boolean {
	const before = text.slice(from, position).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*\n/g, "");
	return before.includes("/*") || before.includes("//");
}
