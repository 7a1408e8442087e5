import { bytes, clock, count, openDatabaseConnections, type Sample } from "../../src/protocol/index.js";
import { element, setText } from "../dom.js";
import type { Row } from "../rows.js";
import type { View } from "../store.js";

const COLUMNS: readonly { readonly name: string; text(sample: Sample): string }[] = [
	{ name: "Time", text: ({ t }) => clock(t) },
	{ name: "rss", text: ({ memory }) => bytes(memory.rss) },
	{ name: "heapTotal", text: ({ memory }) => bytes(memory.heapTotal) },
	{ name: "heapUsed", text: ({ memory }) => bytes(memory.heapUsed) },
	{ name: "external", text: ({ memory }) => bytes(memory.external) },
	{ name: "outside the heap", text: ({ memory }) => bytes(memory.outsideHeap) },
	{ name: "native", text: ({ memory }) => bytes(memory.native) },
	{ name: "database connections", text: (sample) => count(openDatabaseConnections(sample)) },
];
const ROWS = 12;

/** The charts' figures for screen readers: evenly spaced samples of the view, the last one included. Cells change in place, so that a reader keeps its line. */
export class DataTable {
	readonly root: HTMLElement;
	#drawn: readonly Row[] | null = null;
	readonly #rows = Array.from({ length: ROWS }, () => COLUMNS.map(() => element("td")));

	constructor() {
		const head = element("tr", {}, ...COLUMNS.map(({ name }) => element("th", { scope: "col" }, name)));
		const table = element(
			"table",
			{ "data-testid": "table" },
			element("caption", {}, "Memory and connections over the window in view"),
			element("thead", {}, head),
			element("tbody", {}, ...this.#rows.map((cells) => element("tr", {}, ...cells))),
		);
		this.root = element("div", { class: "visually-hidden" }, table);
	}

	render({ rows }: View): void {
		if (rows === this.#drawn) return;
		this.#drawn = rows;
		const samples = evenly(
			rows.flatMap((row) => row.sample ?? []),
			ROWS,
		);
		this.#rows.forEach((cells, index) => {
			const sample = samples[index];
			cells.forEach((cell, column) => {
				setText(cell, sample === undefined ? "" : (COLUMNS[column]?.text(sample) ?? ""));
			});
		});
	}
}

function evenly<T>(items: readonly T[], most: number): readonly T[] {
	if (items.length <= most) return items;
	return Array.from({ length: most }, (_, place) => items[Math.round((place * (items.length - 1)) / (most - 1))]).flatMap(
		(item) => item ?? [],
	);
}
