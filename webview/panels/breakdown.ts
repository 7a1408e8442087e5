import {
	bytes,
	clock,
	count,
	type FromDashboard,
	type MemoryPart,
	type MemoryTaker,
	memoryParts,
	memoryTakers,
	percent,
	takenText,
} from "../../src/protocol/index.js";
import { element, setHidden, setText } from "../dom.js";
import type { View } from "../store.js";
import { WhenSeen } from "../when-seen.js";
import { type FigureRow, FigureTable } from "./figure-table.js";
import { NativeMemoryPanel } from "./native-memory.js";
import { ShareBar } from "./share-bar.js";

const BASIS = { words: "Basis" };
const UNKNOWN =
	'What clients and connections take is not known. Open the folder of the app for an estimate, or turn on "Clients and pools" and watch some come.';

/** What the memory is made of at the crosshair, or at the last sample in view: its parts, and what clients and connections take of it. */
export class Breakdown {
	readonly root = element("section", { class: "breakdown", "aria-label": "What the memory is made of", "data-testid": "breakdown" });
	readonly #time = element("span", { class: "breakdown-time" });
	readonly #bar = new ShareBar();
	readonly #parts = new FigureTable("Parts of rss", ["Part", "Size", "Share", BASIS]);
	readonly #takers = new FigureTable("Taken by", ["What", "Count", "Each", "Together", "Share", BASIS]);
	readonly #native: NativeMemoryPanel;
	readonly #unknown = element("p", { class: "quiet" }, UNKNOWN);
	/** A space of the heap that was empty all the time is not listed; one that was not stays, so that nothing moves. */
	readonly #filled = new Set<string>();
	readonly #drawn = new WhenSeen<View>(this.root, (view) => this.#draw(view));

	constructor(post: (message: FromDashboard) => void) {
		this.#native = new NativeMemoryPanel(post);
		this.root.append(
			element("header", {}, element("h2", {}, "What the memory is made of"), this.#time),
			this.#bar.root,
			element(
				"div",
				{ class: "breakdown-tables" },
				this.#parts.root,
				element("div", {}, this.#takers.root, this.#unknown),
				this.#native.root,
			),
		);
	}

	render(view: View): void {
		this.#drawn.render(view);
	}

	#draw(view: View): void {
		this.#native.render(view);
		const { crosshair, shown, rows, cost } = view;
		const sample = crosshair ?? shown;
		if (sample === null) return;
		const { rss } = sample.memory;
		const parts = this.#listed(memoryParts(sample));
		const takers = memoryTakers(
			rows.flatMap((row) => row.sample ?? []),
			sample,
			cost,
		);
		setText(this.#time, `rss ${bytes(rss)} · ${clock(sample.t)}`);
		this.#bar.render(parts.map(({ layer, name, bytes: size }) => ({ id: name, layer, name: `${layer}: ${name}`, size })));
		this.#parts.render(parts.map((part) => partRow(part, rss)));
		this.#takers.render(takers.map((taker) => takerRow(taker, rss)));
		setHidden(this.#takers.root, takers.length === 0);
		setHidden(this.#unknown, takers.length > 0);
	}

	#listed(parts: readonly MemoryPart[]): readonly MemoryPart[] {
		for (const { name, bytes: size } of parts) if (size > 0) this.#filled.add(name);
		return parts.filter(({ name }) => this.#filled.has(name));
	}
}

function partRow({ layer, name, bytes: size, source }: MemoryPart, rss: number): FigureRow {
	return { id: name, layer, cells: [`${layer}: ${name}`, bytes(size), percent(size / rss), `measured: ${source}`] };
}

function takerRow(taker: MemoryTaker, rss: number): FigureRow {
	const { id, name, count: number, each, basis, source } = taker;
	const share = number === null ? "–" : percent((each.value * number) / rss);
	return {
		id,
		cells: [
			name,
			count(number),
			takenText(taker, 1),
			number === null ? "–" : takenText(taker, number),
			basis === "estimated" && number !== null ? `≈ ${share}` : share,
			`${basis}: ${source}`,
		],
	};
}
