import type { TextRange } from "../../protocol/index.js";
import { positionAt } from "../workspace/positions.js";

/** What every comment that silences rules begins with. */
export const MARK = "prisma-leak-lens-";

const DIRECTIVE = /^(?:\/\/+|\/\*+|#+)\s*prisma-leak-lens-(disable-next-line|disable-line|disable-file|disable|enable)(?![\w-])/;

export type SuppressionForm = "disable-next-line" | "disable-line" | "disable-file" | "disable" | "enable";

export interface RuleName {
	/** As written; there may be no such rule. */
	readonly name: string;
	readonly range: TextRange;
}

/** A comment that silences rules, such as `// prisma-leak-lens-disable-next-line pool-size -- one worker only`. */
export interface Suppression {
	readonly form: SuppressionForm;
	/** None stands for all rules. */
	readonly rules: readonly RuleName[];
	/** The comment. */
	readonly range: TextRange;
	/** The line it speaks of, from 1: for `disable-next-line` the next one that is more than a comment, else its own. */
	readonly line: number;
}

/** Reads a comment from `start` to `end`; null when it silences nothing. */
export function readSuppression(text: string, start: number, end: number, lineStarts: readonly number[]): Suppression | null {
	const comment = text.slice(start, end).replace(/\*\/$/, "");
	const match = DIRECTIVE.exec(comment);
	const form = FORMS.find((known) => known === match?.[1]);
	if (match === null || form === undefined) return null;
	const range = rangeBetween(lineStarts, start, end);
	const list = comment.slice(match[0].length).replace(/(^|\s)--[\s\S]*$/, "");
	const rules = [...list.matchAll(/[^\s,]+/g)].map((name) => {
		const at = start + match[0].length + name.index;
		return { name: name[0], range: rangeBetween(lineStarts, at, at + name[0].length) };
	});
	const line = form === "disable-next-line" ? lineBelow(text, range.endLine, lineStarts, comment.startsWith("#")) : range.line;
	return { form, rules, range, line };
}

const FORMS: readonly SuppressionForm[] = ["disable-next-line", "disable-line", "disable-file", "disable", "enable"];

/** The suppressions of a file that is no source: comments run from `opener` to the line's end; what is in quotes is none. */
export function plainSuppressions(text: string, opener: "//" | "#", lineStarts: readonly number[]): readonly Suppression[] {
	if (!text.includes(MARK)) return [];
	const comment = new RegExp(`${opener}+[ \\t]*${MARK}[^\\r\\n]*`);
	return lineStarts.flatMap((start, index) => {
		const line = text.slice(start, lineStarts[index + 1]);
		const match = comment.exec(line);
		if (match === null || isQuoted(line.slice(0, match.index))) return [];
		return readSuppression(text, start + match.index, start + match.index + match[0].length, lineStarts) ?? [];
	});
}

function isQuoted(before: string): boolean {
	return ['"', "'", "`"].some((quote) => before.split(quote).length % 2 === 0);
}

/** The first line below `line` that holds more than a comment, so that several such comments can stand above one line. */
function lineBelow(text: string, line: number, lineStarts: readonly number[], isHash: boolean): number {
	const comment = isHash ? /^#/ : /^(\/\/|\{?\/\*.*\*\/\}?$)/;
	let below = line + 1;
	while (below < lineStarts.length && comment.test(text.slice(lineStarts[below - 1], lineStarts[below]).trim())) below++;
	return below;
}

function rangeBetween(lineStarts: readonly number[], from: number, to: number): TextRange {
	const start = positionAt(lineStarts, from);
	const end = positionAt(lineStarts, to);
	return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
