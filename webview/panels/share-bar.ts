import { element, setAttribute } from "../dom.js";

export interface Share {
	readonly id: string;
	readonly name: string;
	/** The memory layer whose colour it has. */
	readonly layer: string;
	readonly size: number;
}

/** Steps of the bar's length: finer ones are not seen, only paid for. */
const STEPS = 500;

/** One bar, divided by size. The figures stand in the table beside it, so it is a picture only. */
export class ShareBar {
	readonly root = element("div", { class: "share-bar", "aria-hidden": "true" });
	readonly #segments = new Map<string, HTMLElement>();

	render(shares: readonly Share[]): void {
		const kept = new Set(shares.map(({ id }) => id));
		for (const [id, segment] of this.#segments) {
			if (kept.has(id)) continue;
			segment.remove();
			this.#segments.delete(id);
		}
		const whole = shares.reduce((sum, { size }) => sum + size, 0);
		for (const { id, name, layer, size } of shares) {
			const segment = this.#segments.get(id) ?? this.#add(id);
			setAttribute(segment, "data-layer", layer);
			setAttribute(segment, "title", name);
			const grow = String(Math.round((size / whole) * STEPS));
			if (segment.style.flexGrow !== grow) segment.style.flexGrow = grow;
		}
	}

	#add(id: string): HTMLElement {
		const made = element("span");
		this.#segments.set(id, made);
		this.root.append(made);
		return made;
	}
}
