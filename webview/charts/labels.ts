import { element, setAttribute, setText } from "../dom.js";
import { spread } from "./spread.js";

/** A direct label: what it names, what it says now, and where its line ends. */
export interface Label {
	readonly id: string;
	readonly name: string;
	readonly value: string;
	/** What the baseline says beside it; empty without one. */
	readonly before: string;
	readonly color: string;
	/** `strength`: 0..1, how densely its band is filled. */
	readonly swatch: "line" | "dashed" | { readonly strength: number };
	readonly visible: boolean;
	/** Pixels from the top of the chart; null when the line is not drawn. */
	readonly y: number | null;
}

const LABEL_HEIGHT = 18;

/** Names and values at the right end of the lines; each is a button that hides its series. */
export class DirectLabels {
	readonly #figure: HTMLElement;
	readonly #list: HTMLElement;
	readonly #toggle: (id: string) => void;
	readonly #buttons = new Map<string, LabelButton>();

	/** @param figure what chart and labels share */
	constructor(figure: HTMLElement, list: HTMLElement, toggle: (id: string) => void) {
		this.#figure = figure;
		this.#list = list;
		this.#toggle = toggle;
	}

	/** `height`: pixels the labels may take beside the chart. With too little of it, or a narrow panel, they flow below. */
	render(labels: readonly Label[], height: number, narrow: boolean): void {
		this.#dropAllBut(new Set(labels.map((label) => label.id)));
		const beside = !narrow && labels.length * LABEL_HEIGHT <= height;
		setAttribute(this.#figure, "data-labels", beside ? "beside" : "below");
		const places = spread(wantedPlaces(labels, height), LABEL_HEIGHT, height);
		labels.forEach((label, index) => {
			const button = this.#buttonOf(label.id);
			button.show(label);
			if (this.#list.children[index] !== button.root) this.#list.insertBefore(button.root, this.#list.children[index] ?? null);
			button.moveTo(beside ? (places[index] ?? 0) - LABEL_HEIGHT / 2 : null);
		});
	}

	#buttonOf(id: string): LabelButton {
		const known = this.#buttons.get(id);
		if (known !== undefined) return known;
		const made = new LabelButton(() => this.#toggle(id));
		this.#buttons.set(id, made);
		return made;
	}

	#dropAllBut(kept: ReadonlySet<string>): void {
		for (const [id, button] of this.#buttons) {
			if (kept.has(id)) continue;
			button.root.remove();
			this.#buttons.delete(id);
		}
	}
}

/** Labels of lines that are not drawn wait at the foot of the chart. */
function wantedPlaces(labels: readonly Label[], height: number): readonly number[] {
	return labels.map((label) => label.y ?? height);
}

class LabelButton {
	readonly root: HTMLButtonElement;
	readonly #swatch = element("span", { class: "swatch", "aria-hidden": "true" });
	readonly #name = element("span", { class: "label-name" });
	readonly #before = element("span", { class: "label-before" });
	readonly #value = element("span", { class: "label-value" });

	constructor(onClick: () => void) {
		this.root = element("button", { class: "label", type: "button" }, this.#swatch, this.#name, this.#before, this.#value);
		this.root.addEventListener("click", onClick);
	}

	/** @param y pixels from the top of the list; null where the page lays it out */
	moveTo(y: number | null): void {
		const transform = y === null ? "" : `translateY(${Math.round(y)}px)`;
		if (this.root.style.transform !== transform) this.root.style.transform = transform;
	}

	show(label: Label): void {
		setText(this.#name, label.name);
		setText(this.#before, label.before);
		setText(this.#value, label.value);
		setAttribute(this.root, "aria-pressed", String(label.visible));
		setAttribute(this.root, "title", `${label.visible ? "Hide" : "Show"} ${label.name}`);
		const { swatch } = label;
		setAttribute(this.#swatch, "data-swatch", typeof swatch === "string" ? swatch : "band");
		const strength = `${typeof swatch === "string" ? 100 : swatch.strength * 100}%`;
		if (this.#swatch.style.getPropertyValue("--strength") !== strength) this.#swatch.style.setProperty("--strength", strength);
		if (this.#swatch.style.color !== label.color) this.#swatch.style.color = label.color;
	}
}
