import { clock, type Sample } from "../../src/protocol/index.js";
import { setText } from "../dom.js";
import { nearestSample } from "../rows.js";
import type { View } from "../store.js";
import type { Theme } from "../theme.js";
import { Chart, type Point } from "./chartjs.js";
import { type CrosshairMark, crosshairPlugin } from "./crosshair.js";
import { type Dataset, datasetsOf } from "./datasets.js";
import type { Figure } from "./figure.js";
import { DirectLabels } from "./labels.js";
import { limitNamesPlugin } from "./limits.js";
import { isVisible, type Line } from "./line.js";
import { optionsOf } from "./options.js";

/** What a chart tells its owner. */
export interface ChartEvents {
	/** The reader points at a sample, or at none. */
	point(sample: Sample | null): void;
	/** The reader moves the crosshair by so many samples, by keyboard. */
	step(samples: number): void;
	toggle(id: string): void;
}

export interface ValueAxis {
	/** Upper end of the axis, which starts at 0. */
	readonly top: number;
	readonly step: number;
}

/** Panels narrower than this have the labels below the chart; in pixels. */
const NARROW = 520;
const KEY_STEPS: Readonly<Record<string, number>> = {
	ArrowLeft: -1,
	ArrowRight: 1,
	Home: Number.NEGATIVE_INFINITY,
	End: Number.POSITIVE_INFINITY,
};

/** A chart over the shared time axis: lines from the view, direct labels at their right end, a crosshair. */
export abstract class TimeChart {
	readonly #figure: Figure;
	readonly #chart: Chart<"line", Point[]>;
	readonly #labels: DirectLabels;
	#theme: Theme;
	/** By line: Chart.js keeps what it knows of a series as long as the object stays the same. */
	#datasets: ReadonlyMap<string, Dataset> = new Map();
	#view: View | null = null;
	#lines: readonly Line[] = [];
	#axis: ValueAxis = { top: 0, step: 1 };

	constructor(figure: Figure, theme: Theme, events: ChartEvents) {
		this.#figure = figure;
		this.#theme = theme;
		this.#labels = new DirectLabels(figure.labels, events.toggle);
		this.#chart = new Chart<"line", Point[]>(figure.canvas, {
			type: "line",
			data: { datasets: [] },
			options: { animation: false, responsive: true, maintainAspectRatio: false, events: [] },
			plugins: [crosshairPlugin(() => this.#mark()), limitNamesPlugin(() => this.#theme)],
		});
		this.#listen(events);
		new ResizeObserver(() => this.#showLabels()).observe(figure.root);
	}

	/** From front to back; bands from the top layer down. */
	protected abstract lines(view: View): readonly Line[];
	protected abstract axisFor(peak: number, inUse: ValueAxis): ValueAxis;
	protected abstract axisLabel(value: number): string;
	protected abstract valueText(value: number | null): string;
	protected readonly stepped: boolean = false;

	setTheme(theme: Theme): void {
		this.#theme = theme;
		if (this.#view !== null) this.#redraw(this.#view);
		this.#showLabels();
	}

	render(view: View): void {
		const pointerOnly = this.#view?.rows === view.rows && this.#view.choices === view.choices && this.#view.thresholds === view.thresholds;
		this.#view = view;
		if (pointerOnly) this.#chart.draw();
		else this.#redraw(view);
		this.#showLabels();
	}

	#redraw(view: View): void {
		this.#lines = this.lines(view);
		const visible = this.#lines.filter((line) => isVisible(line, view.choices.switched));
		const { datasets, peak } = datasetsOf(visible, view, this.#theme, this.stepped);
		this.#axis = this.axisFor(peak, this.#axis);
		const { from, to } = view;
		this.#datasets = new Map(
			visible.map((line, index) => [line.id, Object.assign(this.#datasets.get(line.id) ?? { data: [] }, datasets[index])]),
		);
		this.#chart.data.datasets = [...this.#datasets.values()];
		this.#chart.options = optionsOf({ ...this.#axis, from, to, valueLabel: (value) => this.axisLabel(value) }, this.#theme);
		this.#chart.update("none");
	}

	#showLabels(): void {
		const view = this.#view;
		if (view === null) return;
		const read = view.crosshair ?? view.shown;
		setText(this.#figure.time, read === null ? "" : clock(read.t));
		const visible = this.#lines.filter((line) => isVisible(line, view.choices.switched));
		const labels = this.#lines
			.filter((line) => line.style !== "limit")
			.map((line) => ({
				id: line.id,
				name: line.label,
				value: read === null ? "" : this.valueText(line.value(read)),
				color: this.#theme.hues[line.hue],
				strength: line.style === "band" ? (line.strength ?? 1) : null,
				visible: visible.includes(line),
				y: this.#endOf(visible.indexOf(line)),
			}));
		this.#labels.render(labels, this.#chart.height, this.#figure.root.clientWidth < NARROW);
	}

	/** Where a dataset ends at the right: the middle of a band, the end of a line. */
	#endOf(index: number): number | null {
		const dataset = this.#chart.data.datasets[index];
		const end = lastY(dataset?.data);
		if (dataset === undefined || end === null) return null;
		const below = typeof dataset.fill === "number" ? (lastY(this.#chart.data.datasets[dataset.fill]?.data) ?? 0) : 0;
		const height = dataset.fill === false ? end : (end + below) / 2;
		return this.#chart.scales.y?.getPixelForValue(height) ?? null;
	}

	#mark(): CrosshairMark | null {
		const sample = this.#view?.crosshair;
		return sample ? { t: sample.t, color: this.#theme.foreground } : null;
	}

	#listen(events: ChartEvents): void {
		const { canvas } = this.#figure;
		canvas.addEventListener("pointermove", (event) => {
			const t = this.#chart.scales.x?.getValueForPixel(event.offsetX);
			if (t !== undefined && this.#view !== null) events.point(nearestSample(this.#view.rows, t));
		});
		canvas.addEventListener("pointerleave", () => events.point(null));
		canvas.addEventListener("blur", () => events.point(null));
		canvas.addEventListener("keydown", (event) => {
			const step = KEY_STEPS[event.key];
			if (step !== undefined) events.step(step);
			else if (event.key === "Escape") events.point(null);
			else return;
			event.preventDefault();
		});
	}
}

function lastY(points: readonly Point[] | undefined): number | null {
	const last = points?.findLast((point) => Number.isFinite(point.y));
	return last?.y ?? null;
}
