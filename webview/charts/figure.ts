import { element } from "../dom.js";

/** The places a chart is made of. */
export interface Figure {
	readonly root: HTMLElement;
	readonly canvas: HTMLCanvasElement;
	readonly labels: HTMLElement;
	/** The time the labels' values are of. */
	readonly time: HTMLElement;
}

export function makeFigure(id: string, title: string, description: string): Figure {
	const canvas = element("canvas", {
		id,
		role: "img",
		tabindex: "0",
		"aria-label": `${description} Arrow keys move the crosshair, Escape removes it. The table below holds the figures.`,
	});
	const labels = element("div", { class: "labels", role: "group", "aria-label": `${title}: series` });
	const time = element("span", { class: "figure-time" });
	const root = element(
		"section",
		{ class: "figure" },
		element("header", {}, element("h2", {}, title), time),
		element("div", { class: "figure-body" }, element("div", { class: "plot" }, canvas), labels),
	);
	return { root, canvas, labels, time };
}
