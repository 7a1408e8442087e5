import { type FromDashboard, LEVEL_WORDS, type Level, type LevelState } from "../../src/protocol/index.js";
import { makeFigure } from "../charts/figure.js";
import type { ChartEvents } from "../charts/gestures.js";
import type { Plot } from "../charts/plot.js";
import { TimeChart } from "../charts/time-chart.js";
import { element, setAttribute, setHidden, setText } from "../dom.js";
import type { View } from "../store.js";
import type { Theme } from "../theme.js";
import { button } from "../toolkit.js";
import { WhenSeen } from "../when-seen.js";
import { ChartTable } from "./chart-table.js";

/** One chart with its heading, or, where nothing measures it, one line that says what does and what it costs. Out of sight it is not drawn. */
export class ChartPanel {
	readonly root: HTMLElement;
	readonly #plot: Plot;
	readonly #chart: TimeChart;
	readonly #body: HTMLElement;
	readonly #notice: HTMLElement;
	readonly #turnOn: HTMLElement;
	readonly #save: HTMLElement;
	readonly #asTable: HTMLElement;
	readonly #table: ChartTable;
	#view: View | null = null;
	readonly #text = element("span");
	readonly #drawn: WhenSeen<View>;

	constructor(plot: Plot, theme: Theme, events: ChartEvents, post: (message: FromDashboard) => void) {
		this.#plot = plot;
		const figure = makeFigure(plot);
		this.root = figure.root;
		this.#body = figure.body;
		this.#turnOn = button("Turn on", "secondary", () => {
			if (plot.level !== null) post({ type: "level", level: plot.level, on: true });
		});
		this.#notice = element("p", { class: "figure-notice" }, this.#text, this.#turnOn);
		this.#table = new ChartTable(plot);
		this.root.append(this.#table.root, this.#notice);
		this.#chart = new TimeChart(plot, figure, theme, events);
		figure.save.addEventListener("click", () => post({ type: "picture", name: plot.title, png: this.#chart.picture() }));
		this.#save = figure.save;
		figure.asTable.addEventListener("click", () => this.#showTable(figure.asTable.getAttribute("aria-expanded") !== "true"));
		this.#asTable = figure.asTable;
		this.#showTable(false);
		this.#drawn = new WhenSeen(
			this.root,
			(view) => this.#chart.draw(view),
			() => this.#write(),
		);
	}

	setTheme(theme: Theme): void {
		this.#chart.setTheme(theme);
	}

	/** Draws the chart and writes nothing: a canvas works out the page's style anew when text was written before it. */
	draw(view: View): void {
		this.#view = view;
		const measured = view.rows.some(({ sample }) => sample !== null && this.#plot.has(sample));
		setHidden(this.#body, !measured);
		setHidden(this.#notice, measured);
		setHidden(this.#save, !measured);
		setHidden(this.#asTable, !measured);
		if (measured) this.#drawn.render(view);
	}

	render(view: View): void {
		if (!this.#body.hidden) {
			if (this.#drawn.isSeen) this.#write();
			return;
		}
		this.#showTable(false);
		this.#explain(view);
	}

	#write(): void {
		this.#chart.showLabels();
		if (this.#view !== null) this.#table.render(this.#view);
	}

	#showTable(shown: boolean): void {
		setHidden(this.#table.root, !shown);
		setAttribute(this.#asTable, "aria-expanded", String(shown));
		if (shown && this.#view !== null) this.#table.render(this.#view);
	}

	#explain({ levels }: View): void {
		const state = levels.find(({ level }) => level === this.#plot.level);
		setHidden(this.#turnOn, state === undefined || (state.status !== "off" && state.status !== "failed"));
		setText(this.#text, noticeOf(this.#plot.level, state));
	}
}

function noticeOf(level: Level | null, state: LevelState | undefined): string {
	if (level === null) return "Nothing of it was measured in this time.";
	const { name } = LEVEL_WORDS[level];
	switch (state?.status) {
		case undefined:
			return `Not measured in this time: "${name}" was off.`;
		case "starting":
			return `"${name}" is starting…`;
		case "on":
			return `"${name}" is on. The next sample has the first figures.`;
		case "failed":
			return `"${name}" failed. ${state?.note ?? ""} ${state?.price ?? ""}`;
		case "off":
			return `Not measured: "${name}" is off. ${state?.price ?? ""}`;
	}
}
