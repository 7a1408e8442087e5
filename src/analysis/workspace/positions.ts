/** Offsets at which lines start. Lines end as editors see them, by LF, CRLF or CR; the compiler also counts U+2028 and U+2029. */
export function lineStartsOf(text: string): number[] {
	if (text.includes("\r")) return [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ 0: end, index }) => index + end.length)];
	const starts = [0];
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
	return starts;
}

/** Line and column, from 1, of an offset. */
export function positionAt(lineStarts: readonly number[], offset: number): { line: number; column: number } {
	let low = 0;
	let high = lineStarts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((lineStarts[middle] ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
