import { bytes, NATIVE_WORDS, type NativeMemory, nativeTotal, percent } from "../protocol/index.js";

/** What it is of, then a line per part, as a terminal shows it. */
export function nativeMemoryText(memory: NativeMemory): string {
	const total = nativeTotal(memory);
	const rows = memory.parts.map(({ kind, rss, own }) => [NATIVE_WORDS[kind], bytes(rss), percent(rss / total), bytes(own)]);
	const all = [["part", "resident", "share", "its own"], ...rows, ["together", bytes(total), "", ""]];
	const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
	const line = (cells: readonly string[]): string =>
		cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ");
	const head = `Native memory of process ${memory.pid}, measured by /proc/${memory.pid}/smaps:`;
	return [head, ...all.map((cells) => line(cells).trimEnd())].join("\n");
}
