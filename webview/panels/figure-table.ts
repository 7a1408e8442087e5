import { element, setAttribute, setText } from "../dom.js";

export interface FigureRow {
	/** The same as long as the row is about the same thing. */
	readonly id: string;
	/** One text per column. */
	readonly cells: readonly string[];
	/** The memory layer its swatch shows; none without. */
	readonly layer?: string;
	/** It stands out among the others. */
	readonly strong?: boolean;
}

/** The head of a column of figures; the first column names what they are of. A column of words is quieter, and breaks its lines. */
type Column = string | { readonly words: string };

/** A table whose cells change in place, so that a screen reader keeps its line and nothing moves. Rows that are gone make room. */
export class FigureTable {
	/** Scrolls sideways where it is wider than the page. */
	readonly root: HTMLElement;
	readonly #columns: readonly Column[];
	readonly #body = element("tbody");
	readonly #rows = new Map<string, readonly HTMLElement[]>();

	constructor(caption: string, columns: readonly Column[]) {
		this.#columns = columns;
		const head = element("tr", {}, ...columns.map((column) => element("th", { scope: "col", ...kindOf(column) }, nameOf(column))));
		const table = element("table", { class: "figures" }, element("caption", {}, caption), element("thead", {}, head), this.#body);
		this.root = element("div", { class: "scrolling", role: "region", tabindex: "0", "aria-label": caption }, table);
	}

	render(rows: readonly FigureRow[]): void {
		const kept = new Set(rows.map(({ id }) => id));
		for (const [id, cells] of this.#rows) {
			if (kept.has(id)) continue;
			cells[0]?.parentElement?.remove();
			this.#rows.delete(id);
		}
		rows.forEach(({ id, cells, layer, strong }, place) => {
			const known = this.#rows.get(id) ?? this.#add(id, cells.length, place);
			cells.forEach((text, column) => {
				const cell = known[column];
				if (cell !== undefined) setText(cell, text);
			});
			const [first] = known;
			if (first === undefined) return;
			setAttribute(first, "data-layer", layer ?? null);
			first.parentElement?.classList.toggle("strong", strong === true);
		});
	}

	/** Where the page is narrow each cell says its column itself, in place of the head. */
	#add(id: string, columns: number, place: number): readonly HTMLElement[] {
		const cells = Array.from({ length: columns }, (_, place) => {
			const column = this.#columns[place] ?? "";
			return place === 0 ? element("th", { scope: "row" }) : element("td", { "data-column": nameOf(column), ...kindOf(column) });
		});
		this.#body.insertBefore(element("tr", {}, ...cells), this.#body.children[place] ?? null);
		this.#rows.set(id, cells);
		return cells;
	}
}

function nameOf(column: Column): string {
	return typeof column === "string" ? column : column.words;
}

function kindOf(column: Column): Readonly<Record<string, string>> {
	return typeof column === "string" ? {} : { class: "words" };
}
