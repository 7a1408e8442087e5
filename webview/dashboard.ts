import { bytes, clock, count, type FromDashboard, openDatabaseConnections, type Sample } from "../src/protocol/index.js";
import { CLIENTS } from "./charts/clients.js";
import { CONNECTIONS } from "./charts/connections.js";
import { BUSYNESS, EVENT_LOOP } from "./charts/event-loop.js";
import type { ChartEvents } from "./charts/gestures.js";
import { MEMORY } from "./charts/memory.js";
import type { Plot } from "./charts/plot.js";
import { QUERIES, TRANSACTIONS } from "./charts/queries.js";
import { element, setAttribute, setHidden, setText } from "./dom.js";
import { Breakdown } from "./panels/breakdown.js";
import { ChartPanel } from "./panels/chart-panel.js";
import { ComparisonTable } from "./panels/comparison.js";
import { Header } from "./panels/header.js";
import { LevelSwitches } from "./panels/levels.js";
import { MarkList } from "./panels/mark-list.js";
import { ProcessPicker } from "./panels/process-picker.js";
import { Sites } from "./panels/sites.js";
import { SlowList } from "./panels/slow-list.js";
import { Strip } from "./panels/strip.js";
import { Welcome } from "./panels/welcome.js";
import { Why } from "./panels/why.js";
import { nearestSample, stepFrom } from "./rows.js";
import type { DashboardStore, View } from "./store.js";
import { readTheme } from "./theme.js";

/** From top to bottom. */
const PLOTS: readonly Plot[] = [MEMORY, CONNECTIONS, CLIENTS, QUERIES, TRANSACTIONS, EVENT_LOOP, BUSYNESS];

type Post = (message: FromDashboard) => void;

interface Part {
	readonly root: HTMLElement;
	render(view: View): void;
}

/** The page: one view of the store, drawn by every panel at most once per frame. */
export class Dashboard {
	readonly #store: DashboardStore;
	readonly #charts: readonly ChartPanel[];
	readonly #parts: readonly Part[];
	readonly #content: HTMLElement;
	readonly #spoken = element("div", { class: "visually-hidden", "aria-live": "polite" });
	#scheduled = false;

	constructor(root: HTMLElement, store: DashboardStore, post: Post) {
		this.#store = store;
		const theme = readTheme();
		const events = this.#chartEvents();
		this.#charts = PLOTS.map((plot) => new ChartPanel(plot, theme, events, post));
		const actions = {
			post,
			togglePause: () => store.togglePause(),
			setWindow: (minutes: View["choices"]["minutes"]) => store.setWindow(minutes),
		};
		const [header, welcome, strip, slow, why] = [
			new Header(actions, store.choices),
			new Welcome(actions),
			new Strip(),
			new SlowList(),
			new Why(post),
		];
		const processes = new ProcessPicker(post);
		header.root.prepend(processes.root);
		const breakdown = new Breakdown(post);
		const levels = new LevelSwitches(post);
		const comparison = new ComparisonTable(post);
		const marks = new MarkList(post, (t) => this.#showTime(t));
		const sites = new Sites(post);
		this.#parts = [processes, header, welcome, strip, levels, comparison, ...this.#charts, breakdown, slow, why, sites, marks];
		const charts = this.#charts.map(({ root: chart }) => chart);
		this.#content = element(
			"div",
			{ class: "content" },
			strip.root,
			levels.root,
			comparison.root,
			...charts,
			breakdown.root,
			slow.root,
			why.root,
			sites.root,
			marks.root,
		);
		const title = element("h1", { class: "visually-hidden" }, "Memory monitor");
		root.replaceChildren(header.root, element("main", {}, title, welcome.root, this.#content, this.#spoken));
		store.subscribe(() => this.#schedule());
		this.#schedule();
	}

	applyTheme(): void {
		const theme = readTheme();
		for (const chart of this.#charts) chart.setTheme(theme);
	}

	#chartEvents(): ChartEvents {
		const store = this.#store;
		return {
			toggle: (id) => store.toggle(id),
			point: (sample) => store.setCrosshair(sample),
			step: (samples) => this.#step(samples),
			zoom: (at, factor) => store.zoom(at, factor),
			pan: (share) => store.pan(share),
			follow: () => store.follow(),
		};
	}

	#schedule(): void {
		if (this.#scheduled) return;
		this.#scheduled = true;
		requestAnimationFrame(() => {
			this.#scheduled = false;
			this.#render(this.#store.view());
		});
	}

	#render(view: View): void {
		setHidden(this.#content, view.received === 0);
		setAttribute(this.#content, "data-compared", view.run === null ? null : "");
		for (const chart of this.#charts) chart.draw(view);
		for (const part of this.#parts) part.render(view);
	}

	#step(samples: number): void {
		const { rows, crosshair, to } = this.#store.view();
		const sample = stepFrom(rows, crosshair?.t ?? to, samples);
		this.#store.setCrosshair(sample);
		const { beside } = this.#store.view();
		const baseline = beside === null ? "" : `; baseline at ${inWords(beside)}`;
		if (sample !== null) setText(this.#spoken, `${inWords(sample)}${baseline}`);
	}

	#showTime(t: number): void {
		this.#store.showTime(t);
		this.#store.setCrosshair(nearestSample(this.#store.view().rows, t));
	}
}

function inWords(sample: Sample): string {
	const { rss, outsideHeap, external, native } = sample.memory;
	const memory = `rss ${bytes(rss)}, outside the heap ${bytes(outsideHeap)}, external ${bytes(external)}, native ${bytes(native)}`;
	return `${clock(sample.t)}: ${memory}, ${count(openDatabaseConnections(sample))} database connections`;
}
