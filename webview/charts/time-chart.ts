import { clock } from "../../src/protocol/index.js";
import { setText } from "../dom.js";
import { BASELINE } from "../overlay.js";
import { nearestSample } from "../rows.js";
import type { View } from "../store.js";
import type { Theme } from "../theme.js";
import { type Axes, axesPlugin } from "./axes.js";
import { type Chart, createChart } from "./chartjs.js";
import { baselineDataset, type CourseDataset, courseDataset } from "./course-controller.js";
import { type Course, coursesOf, endOf, peakOf } from "./courses.js";
import { type CrosshairMark, crosshairPlugin } from "./crosshair.js";
import type { Figure } from "./figure.js";
import { type ChartEvents, listenTo } from "./gestures.js";
import { DirectLabels, type Label } from "./labels.js";
import { limitNamesPlugin } from "./limits.js";
import { isVisible, type Line } from "./line.js";
import { markNear, marksPlugin } from "./marks.js";
import { chartOptions } from "./options.js";
import { pictureOf } from "./picture.js";
import type { Plot } from "./plot.js";

/** Panels narrower than this have the labels below the chart; in pixels. */
const NARROW = 520;
/** A chart over the shared time axis: lines from the view, direct labels at their right end, a crosshair. */
export class TimeChart {
	readonly #plot: Plot;
	readonly #figure: Figure;
	readonly #chart: Chart;
	readonly #labels: DirectLabels;
	#theme: Theme;
	/** Of the figure, in pixels. */
	#width = NARROW;
	#view: View | null = null;
	#lines: readonly Line[] = [];
	#shown: readonly Label[] = [];
	#axes: Axes = { from: 0, to: 1, top: 1, step: 1 };
	/** From front to back. */
	#courses: readonly Course[] = [];

	constructor(plot: Plot, figure: Figure, theme: Theme, events: ChartEvents) {
		this.#plot = plot;
		this.#figure = figure;
		this.#theme = theme;
		this.#labels = new DirectLabels(figure.body, figure.labels, events.toggle);
		const current = (): Theme => this.#theme;
		const axes = (): Axes => this.#axes;
		this.#chart = createChart(figure.canvas, chartOptions(axes), [
			axesPlugin(axes, current, plot.scale.axisLabel),
			marksPlugin(() => this.#view, current),
			crosshairPlugin(() => this.#mark()),
			limitNamesPlugin(() => this.#courses, current),
		]);
		this.#listen(events);
		// Asking the page for its width after a change of it would lay it out anew for every chart.
		new ResizeObserver(([entry]) => {
			this.#width = entry?.contentRect.width ?? this.#width;
			this.showLabels();
		}).observe(figure.root);
	}

	setTheme(theme: Theme): void {
		this.#theme = theme;
		if (this.#view !== null) this.#redraw(this.#view);
		this.showLabels();
	}

	/** What the chart shows now, as a PNG in base64. */
	picture(): string {
		return pictureOf(this.#plot.title, this.#figure.canvas, this.#shown, this.#theme);
	}

	/** Draws what is different from the view before. */
	draw(view: View): void {
		const before = this.#view;
		this.#view = view;
		if (before === null || !sameChart(before, view)) this.#redraw(view);
		else if (before.crosshair !== view.crosshair || before.marks !== view.marks) this.#chart.draw();
	}

	/** Writes the figures of the view that was drawn last. */
	showLabels(): void {
		const view = this.#view;
		if (view !== null) this.#showLabels(view);
	}

	#redraw(view: View): void {
		this.#lines = this.#plot.lines(view);
		const visible = this.#lines.filter((line) => isVisible(line, view.choices.switched));
		const courses = coursesOf(visible, view.rows, view);
		const measured = visible.filter(({ style }) => style !== "limit");
		const baseline = isCompared(view) ? coursesOf(measured, view.overlay, view) : [];
		const { from, to } = view;
		this.#axes = { from, to, ...this.#plot.scale.axisFor(Math.max(peakOf(courses), peakOf(baseline)), this.#axes) };
		this.#courses = courses;
		const { hues } = this.#theme;
		const { stepped } = this.#plot;
		// The baseline is drawn over all others: a band would hide it.
		this.#showDatasets([
			...baseline.map((course) => baselineDataset(course, hues[course.line.hue], stepped)),
			...courses.map((course) => courseDataset(course, hues[course.line.hue], stepped)),
		]);
	}

	/** Chart.js keeps what it knows of a dataset by the object: those that are there are written anew. */
	#showDatasets(datasets: readonly CourseDataset[]): void {
		const { data } = this.#chart;
		data.datasets = datasets.map((dataset, place) => Object.assign(data.datasets[place] ?? {}, dataset));
		this.#chart.update("none");
	}

	#showLabels(view: View): void {
		const read = view.crosshair ?? view.shown;
		const mark = view.crosshair === null ? undefined : markNear(view, view.crosshair.t);
		setText(this.#figure.time, read === null ? "" : [clock(read.t), mark?.text].filter((part) => part !== undefined).join(" · "));
		const visible = this.#lines.filter((line) => isVisible(line, view.choices.switched));
		const beside = isCompared(view) ? view.beside : null;
		const series = this.#lines
			.filter((line) => line.style !== "limit")
			.map(
				(line): Label => ({
					id: line.id,
					name: line.label,
					value: read === null ? "" : this.#plot.scale.valueText(line.value(read)),
					before: beside === null ? "" : this.#plot.scale.valueText(line.value(beside)),
					color: this.#theme.hues[line.hue],
					swatch: line.style === "band" ? { strength: line.strength ?? 1 } : "line",
					visible: visible.includes(line),
					y: this.#endOf(line),
				}),
			);
		this.#shown = [...series, ...baselineLabel(view, this.#theme)];
		this.#labels.render(this.#shown, this.#chart.height, this.#width < NARROW);
	}

	/** Pixels from the chart's top to where a line ends at the right; null where it is not drawn. */
	#endOf(line: Line): number | null {
		const course = this.#courses.find((one) => one.line === line);
		const end = course === undefined ? null : endOf(course);
		return end === null ? null : (this.#chart.scales.y?.getPixelForValue(end) ?? null);
	}

	#mark(): CrosshairMark | null {
		const sample = this.#view?.crosshair;
		return sample ? { t: sample.t, color: this.#theme.foreground } : null;
	}

	#listen(events: ChartEvents): void {
		const scale = () => this.#chart.scales.x;
		listenTo(
			{
				canvas: this.#figure.canvas,
				timeAt: (x) => scale()?.getValueForPixel(x) ?? null,
				sampleAt: (t) => (this.#view === null ? null : nearestSample(this.#view.rows, t)),
				focus: () => this.#view && (this.#view.crosshair?.t ?? (this.#view.from + this.#view.to) / 2),
				width: () => Math.max(1, scale()?.width ?? 1),
			},
			events,
		);
	}
}

/** Whether the baseline is drawn. */
function isCompared({ run, choices }: View): boolean {
	return run !== null && !choices.switched.includes(BASELINE);
}

/** At the foot of the chart: what the dashed lines are, and the time that their values are of. */
function baselineLabel(view: View, { foreground }: Theme): readonly Label[] {
	if (view.run === null) return [];
	const visible = isCompared(view);
	const time = view.beside === null ? "–" : clock(view.beside.t);
	return [{ id: BASELINE, name: "baseline", value: "", before: time, color: foreground, swatch: "dashed", visible, y: null }];
}

/** Whether two views differ by nothing that a series is drawn from. */
function sameChart(one: View, other: View): boolean {
	return (
		one.rows === other.rows &&
		one.overlay === other.overlay &&
		one.from === other.from &&
		one.to === other.to &&
		one.choices === other.choices &&
		one.thresholds === other.thresholds
	);
}
