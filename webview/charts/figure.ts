import { element } from "../dom.js";
import type { Plot } from "./plot.js";

/** The places a chart is made of. */
export interface Figure {
	readonly root: HTMLElement;
	/** Chart and labels. */
	readonly body: HTMLElement;
	readonly canvas: HTMLCanvasElement;
	readonly labels: HTMLElement;
	readonly save: HTMLButtonElement;
	/** Shows and hides the chart's table. */
	readonly asTable: HTMLButtonElement;
	/** The time the labels' values are of. */
	readonly time: HTMLElement;
}

const KEYS =
	"Arrow keys move the crosshair, Escape removes it, plus and minus zoom, Shift with arrow keys moves the view, 0 follows again. The button Table shows the figures.";

export function makeFigure({ id, title, description }: Plot): Figure {
	const canvas = element("canvas", { id, role: "img", tabindex: "0", "aria-label": `${description} ${KEYS}` });
	const labels = element("div", { class: "labels", role: "group", "aria-label": `${title}: series` });
	const time = element("span", { class: "figure-time" });
	const save = element("button", { type: "button", class: "link", title: `Save the chart "${title}" as a picture` }, "PNG");
	const asTable = element("button", { type: "button", class: "link", title: `Show the figures of "${title}" as a table` }, "Table");
	const body = element("div", { class: "figure-body" }, element("div", { class: "plot", "data-chart": id }, canvas), labels);
	const root = element(
		"section",
		{ class: "figure", "aria-label": title },
		element("header", {}, element("h2", {}, title), time, asTable, save),
		body,
	);
	return { root, body, canvas, labels, time, save, asTable };
}
