import type { TextChange, TextRange } from "../protocol/index.js";

/** Makes changes that do not overlap; positions are those of `text` as it is. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
	const lineStarts = startsOfLines(text);
	const offset = (line: number, column: number): number => (lineStarts[line - 1] ?? text.length) + column - 1;
	const spans = changes
		.map(({ range, newText }) => ({ ...spanOf(range, offset), newText }))
		.sort((a, b) => a.start - b.start || a.end - b.end);
	let result = "";
	let at = 0;
	for (const { start, end, newText } of spans) {
		if (start < at) throw new RangeError(`Two changes overlap at offset ${start}.`);
		result += text.slice(at, start) + newText;
		at = end;
	}
	return result + text.slice(at);
}

function spanOf({ line, column, endLine, endColumn }: TextRange, offset: (line: number, column: number) => number) {
	return { start: offset(line, column), end: offset(endLine, endColumn) };
}

/** Columns do not count a byte order mark. */
function startsOfLines(text: string): readonly number[] {
	return [text.startsWith("\u{feff}") ? 1 : 0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), (match) => match.index + match[0].length)];
}
