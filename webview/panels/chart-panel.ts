import { type FromDashboard, LEVEL_WORDS, type Level, type LevelState } from "../../src/protocol/index.js";
import { makeFigure } from "../charts/figure.js";
import type { ChartEvents } from "../charts/gestures.js";
import type { Plot } from "../charts/plot.js";
import { TimeChart } from "../charts/time-chart.js";
import { element, setText } from "../dom.js";
import type { View } from "../store.js";
import type { Theme } from "../theme.js";
import { button } from "../toolkit.js";
import { WhenSeen } from "../when-seen.js";

/** One chart with its heading, or, where nothing measures it, one line that says what does and what it costs. Out of sight it is not drawn. */
export class ChartPanel {
	readonly root: HTMLElement;
	readonly #plot: Plot;
	readonly #chart: TimeChart;
	readonly #body: HTMLElement;
	readonly #notice: HTMLElement;
	readonly #turnOn: HTMLElement;
	readonly #save: HTMLElement;
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
		this.root.append(this.#notice);
		this.#chart = new TimeChart(plot, figure, theme, events);
		figure.save.addEventListener("click", () => post({ type: "picture", name: plot.title, png: this.#chart.picture() }));
		this.#save = figure.save;
		this.#drawn = new WhenSeen(this.root, (view) => this.#chart.render(view));
	}

	setTheme(theme: Theme): void {
		this.#chart.setTheme(theme);
	}

	render(view: View): void {
		const measured = view.rows.some(({ sample }) => sample !== null && this.#plot.has(sample));
		this.#body.hidden = !measured;
		this.#notice.hidden = measured;
		this.#save.hidden = !measured;
		if (measured) this.#drawn.render(view);
		else this.#explain(view);
	}

	#explain({ levels }: View): void {
		const state = levels.find(({ level }) => level === this.#plot.level);
		this.#turnOn.hidden = state === undefined || (state.status !== "off" && state.status !== "failed");
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
