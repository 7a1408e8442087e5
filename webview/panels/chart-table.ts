import { clock, type Sample } from "../../src/protocol/index.js";
import { isVisible, type Line } from "../charts/line.js";
import type { Plot } from "../charts/plot.js";
import { element, setText } from "../dom.js";
import type { View } from "../store.js";

const ROWS = 12;

/**
 * A chart's figures for those who read them: evenly spaced samples of the view, the last one included, and a column per series that is
 * shown. Cells change in place, so that a screen reader keeps its line. Hidden, it costs nothing.
 */
export class ChartTable {
	readonly root: HTMLElement;
	readonly #plot: Plot;
	readonly #head = element("tr");
	readonly #body = element("tbody");
	#columns: readonly Line[] = [];
	#cells: readonly (readonly HTMLElement[])[] = [];
	#drawn: View | null = null;

	constructor(plot: Plot) {
		this.#plot = plot;
		const caption = `${plot.title} over the time in view`;
		const table = element("table", { class: "samples" }, element("caption", {}, caption), element("thead", {}, this.#head), this.#body);
		this.root = element(
			"div",
			{ class: "scrolling", role: "region", tabindex: "0", "aria-label": caption, "data-testid": `${plot.id}-table` },
			table,
		);
		this.root.hidden = true;
	}

	render(view: View): void {
		if (this.root.hidden || (this.#drawn?.rows === view.rows && this.#drawn.choices === view.choices)) return;
		this.#drawn = view;
		const lines = this.#plot.lines(view).filter((line) => line.style !== "limit" && isVisible(line, view.choices.switched));
		this.#setColumns(lines);
		const samples = evenly(
			view.rows.flatMap((row) => row.sample ?? []),
			ROWS,
		);
		this.#cells.forEach((cells, index) => {
			const texts = this.#textsOf(samples[index], lines);
			cells.forEach((cell, column) => {
				setText(cell, texts[column] ?? "");
			});
		});
	}

	#textsOf(sample: Sample | undefined, lines: readonly Line[]): readonly string[] {
		if (sample === undefined) return [];
		return [clock(sample.t), ...lines.map((line) => this.#plot.scale.valueText(line.value(sample)))];
	}

	/** The table is made anew only where other series are shown. */
	#setColumns(lines: readonly Line[]): void {
		const known = this.#columns;
		this.#columns = lines;
		if (known.length === lines.length && known.every(({ id }, place) => id === lines[place]?.id)) return;
		this.#head.replaceChildren(...["Time", ...lines.map(({ label }) => label)].map((name) => element("th", { scope: "col" }, name)));
		this.#cells = Array.from({ length: ROWS }, () => [element("th", { scope: "row" }), ...lines.map(() => element("td"))]);
		this.#body.replaceChildren(...this.#cells.map((cells) => element("tr", {}, ...cells)));
	}
}

function evenly<T>(items: readonly T[], most: number): readonly T[] {
	if (items.length <= most) return items;
	return Array.from({ length: most }, (_, place) => items[Math.round((place * (items.length - 1)) / (most - 1))]).flatMap(
		(item) => item ?? [],
	);
}
