import type { TextRange } from "../../protocol/index.js";
import { type Suppression, suppressionsIn } from "../suppressions/index.js";
import { lineStartsOf } from "../workspace/index.js";
import { type Edit, fileEdit } from "./edits.js";
import type { FixKind } from "./kind.js";
import { lineEnd, lineStart, nextLine } from "./lines.js";
import { Refusal } from "./types.js";

/** Removes a comment that silences nothing, or the name of a rule in it. */
export const removeSuppression: FixKind = {
	plan(finding, { model, text: textOf }) {
		const { file } = finding;
		const text = textOf(file);
		const lineStarts = lineStartsOf(text);
		const offsets = ({ line, column, endLine, endColumn }: TextRange): Span => ({
			start: (lineStarts[line - 1] ?? 0) + column - 1,
			end: (lineStarts[endLine - 1] ?? 0) + endColumn - 1,
		});
		for (const suppression of suppressionsIn(model, file)) {
			if (isSame(suppression.range, finding)) return repair("Remove the comment", removed(text, offsets(suppression.range)));
			const index = suppression.rules.findIndex(({ range }) => isSame(range, finding));
			const name = suppression.rules[index]?.name;
			if (name !== undefined) return repair(`Remove ${name} from the comment`, withoutName(suppression, index, offsets));
		}
		throw new Refusal("There is no such comment any more.");

		function repair(title: string, edit: Edit) {
			return { title, changes: [fileEdit(file, text, [edit])], notes: [] };
		}
	},
};

interface Span {
	readonly start: number;
	readonly end: number;
}

function isSame(a: TextRange, b: TextRange): boolean {
	return a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn;
}

/** Takes the braces of JSX along, and the line where nothing else stands on it. */
function removed(text: string, { start, end }: Span): Edit {
	const from = lineStart(text, start);
	const to = lineEnd(text, end);
	const before = text.slice(from, start).trim();
	const after = text.slice(end, to).trim();
	if ((before === "" && after === "") || (before === "{" && after === "}")) return { start: from, end: nextLine(text, end), text: "" };
	const spaceBefore = /[ \t]*$/.exec(text.slice(from, start))?.[0].length ?? 0;
	const spaceAfter = /^[ \t]*/.exec(text.slice(end, to))?.[0].length ?? 0;
	return after === "" ? { start: start - spaceBefore, end, text: "" } : { start, end: end + spaceAfter, text: "" };
}

/** The name and the comma before it, or, of the first one, the comma behind it. */
function withoutName({ rules }: Suppression, index: number, offsets: (range: TextRange) => Span): Edit {
	const spans = rules.map(({ range }) => offsets(range));
	const [own, previous, next] = [spans[index], spans[index - 1], spans[index + 1]];
	if (own === undefined) throw new Refusal("There is no such comment any more.");
	return { start: previous?.end ?? own.start, end: previous === undefined ? (next?.start ?? own.end) : own.end, text: "" };
}
