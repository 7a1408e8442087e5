import {
	bytes,
	bytesChange,
	count,
	countChange,
	cpu,
	databaseConnections,
	openDatabaseConnections,
	type Sample,
	type Verdict,
} from "../../src/protocol/index.js";
import { element, setAttribute, setText } from "../dom.js";
import { judge } from "../judge.js";
import type { View } from "../store.js";

interface Figure {
	readonly value: string;
	readonly change: string;
	readonly verdict?: Verdict;
	/** A second view of the same thing, under its own name. */
	readonly beside?: string;
}

const EMPTY: Figure = { value: "–", change: "" };

/** The numbers one looks at first: each with its change since the baseline and, where it has a limit, its state. */
export class Strip {
	readonly root = element("dl", { class: "strip", "aria-label": "Current figures" });
	readonly #tiles = {
		rss: new Tile("rss", "strip-rss", "Resident set size: the memory the process holds in all"),
		outsideHeap: new Tile("outside the heap", "strip-outside-heap", "rss − heapTotal"),
		external: new Tile("external", "strip-external", "Memory of C++ objects bound to JavaScript objects, WASM and array buffers"),
		native: new Tile("native", "strip-native", "rss − heapTotal − external"),
		connections: new Tile("connections", "strip-connections", "Open connections to databases"),
		cpu: new Tile("cpu", "strip-cpu", "Share of one core"),
	};

	constructor() {
		this.root.append(...Object.values(this.#tiles).map((tile) => tile.root));
	}

	render(view: View): void {
		const { shown, baseline } = view;
		const figures = shown === null || baseline === null ? null : figuresOf(shown, baseline, view);
		for (const key of ["rss", "outsideHeap", "external", "native", "connections", "cpu"] as const) {
			this.#tiles[key].show(figures?.[key] ?? EMPTY);
		}
	}
}

function figuresOf(sample: Sample, baseline: Sample, view: View): Readonly<Record<string, Figure>> {
	const verdicts = judge(sample, baseline, view.thresholds);
	const memory = (key: "rss" | "outsideHeap" | "external" | "native"): Figure => ({
		value: bytes(sample.memory[key]),
		change: bytesChange(sample.memory[key] - baseline.memory[key]),
	});
	return {
		rss: memory("rss"),
		outsideHeap: { ...memory("outsideHeap"), verdict: verdicts.outsideHeap },
		external: { ...memory("external"), verdict: verdicts.external },
		native: memory("native"),
		connections: {
			value: count(openDatabaseConnections(sample)),
			change: countChange(openDatabaseConnections(sample) - openDatabaseConnections(baseline)),
			verdict: verdicts.connections,
			beside: otherView(sample),
		},
		cpu: { value: cpu(sample.cpu), change: "" },
	};
}

/** The process's own count, when it differs from the kernel's that stands in the tile. */
function otherView(sample: Sample): string {
	const { kernel, process } = databaseConnections(sample);
	return kernel === null || process === null || kernel === process ? "" : `kernel · process ${count(process)}`;
}

class Tile {
	readonly root: HTMLElement;
	readonly #value: HTMLElement;
	readonly #beside = element("span", { class: "tile-beside" });
	readonly #change = element("span", { class: "tile-change" });
	readonly #word = element("span");
	readonly #state = element("span", { class: "verdict" }, element("span", { class: "shape", "aria-hidden": "true" }), this.#word);

	constructor(name: string, testId: string, explanation: string) {
		this.#value = element("span", { class: "tile-value", "data-testid": testId });
		this.root = element(
			"div",
			{ class: "tile", title: explanation },
			element("dt", {}, name),
			element(
				"dd",
				{},
				element("span", { class: "tile-line" }, this.#value, this.#beside),
				element("span", { class: "tile-line tile-second" }, this.#change, this.#state),
			),
		);
	}

	show({ value, change, verdict, beside }: Figure): void {
		setText(this.#value, value);
		setText(this.#change, change);
		setText(this.#beside, beside ?? "");
		setText(this.#word, verdict ?? "");
		setAttribute(this.#state, "data-verdict", verdict ?? "none");
	}
}
