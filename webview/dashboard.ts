import { bytes, clock, count, openDatabaseConnections, type Sample } from "../src/protocol/index.js";
import { ConnectionsChart } from "./charts/connections-chart.js";
import { makeFigure } from "./charts/figure.js";
import { MemoryChart } from "./charts/memory-chart.js";
import type { ChartEvents, TimeChart } from "./charts/time-chart.js";
import { element, setText } from "./dom.js";
import { type Actions, Header } from "./panels/header.js";
import { Strip } from "./panels/strip.js";
import { DataTable } from "./panels/table.js";
import { Welcome } from "./panels/welcome.js";
import { Why } from "./panels/why.js";
import { stepFrom } from "./rows.js";
import type { DashboardStore, View } from "./store.js";
import { readTheme } from "./theme.js";

/** The page: one view of the store, drawn by every panel at most once per frame. */
export class Dashboard {
	readonly #store: DashboardStore;
	readonly #header: Header;
	readonly #welcome: Welcome;
	readonly #strip = new Strip();
	readonly #why = new Why();
	readonly #table = new DataTable();
	readonly #content: HTMLElement;
	readonly #spoken = element("div", { class: "visually-hidden", "aria-live": "polite" });
	readonly #charts: readonly TimeChart[];
	#scheduled = false;

	constructor(root: HTMLElement, store: DashboardStore, actions: Actions) {
		this.#store = store;
		this.#header = new Header(actions, store.choices);
		this.#welcome = new Welcome(actions);
		const memory = makeFigure("memory-chart", "Memory", "Memory over time, stacked: heap used, heap free, external, native; rss above.");
		const connections = makeFigure("connections-chart", "Connections", "Open connections over time, per remote endpoint.");
		this.#content = element("div", { class: "content" }, this.#strip.root, memory.root, connections.root, this.#why.root);
		root.replaceChildren(this.#header.root, this.#welcome.root, this.#content, this.#table.root, this.#spoken);
		const theme = readTheme();
		const events: ChartEvents = {
			toggle: (id) => store.toggle(id),
			point: (sample) => store.setCrosshair(sample),
			step: (samples) => this.#step(samples),
		};
		this.#charts = [new MemoryChart(memory, theme, events), new ConnectionsChart(connections, theme, events)];
		store.subscribe(() => this.#schedule());
		this.#schedule();
	}

	applyTheme(): void {
		const theme = readTheme();
		for (const chart of this.#charts) chart.setTheme(theme);
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
		this.#header.render(view);
		this.#welcome.render(view);
		this.#content.hidden = view.received === 0;
		this.#strip.render(view);
		for (const chart of this.#charts) chart.render(view);
		this.#why.render(view);
		this.#table.render(view);
	}

	#step(samples: number): void {
		const { rows, crosshair, to } = this.#store.view();
		const sample = stepFrom(rows, crosshair?.t ?? to, samples);
		this.#store.setCrosshair(sample);
		if (sample !== null) setText(this.#spoken, inWords(sample));
	}
}

function inWords(sample: Sample): string {
	const { rss, outsideHeap, external, native } = sample.memory;
	const memory = `rss ${bytes(rss)}, outside the heap ${bytes(outsideHeap)}, external ${bytes(external)}, native ${bytes(native)}`;
	return `${clock(sample.t)}: ${memory}, ${count(openDatabaseConnections(sample))} database connections`;
}
