import type { FromDashboard } from "../../src/protocol/index.js";
import { element, setAttribute, setText } from "../dom.js";
import { count } from "../format.js";
import { type Choices, type View, WINDOWS } from "../store.js";
import { button, dropdown } from "../toolkit.js";
import { statusOf } from "./status.js";

/** What the reader can do. */
export interface Actions {
	post(type: FromDashboard["type"]): void;
	togglePause(): void;
	setWindow(minutes: Choices["minutes"]): void;
}

/** State and controls; the same height in every state, so that nothing below it moves. */
export class Header {
	readonly root: HTMLElement;
	readonly #shape = element("span", { class: "shape", "aria-hidden": "true" });
	readonly #word = element("span", { class: "state-word", "data-testid": "state" });
	readonly #target = element("span", { class: "state-target" });
	readonly #message = element("span", { class: "state-message" });
	readonly #detail = element("pre");
	readonly #fold = element("details", { class: "state-detail" }, element("summary", {}, "Details"), this.#detail);
	readonly #received = element("span", { "data-testid": "sample-count" }, "0");
	readonly #pause: HTMLElement;
	readonly #baseline: HTMLElement;
	readonly #clear: HTMLElement;
	readonly #session: HTMLElement;
	#sessionAction: "attach" | "detach" = "attach";

	constructor(actions: Actions, choices: Choices) {
		const windows = WINDOWS.map((minutes) => ({ value: minutes, label: `${minutes} min` }));
		this.#pause = button("Pause", "secondary", actions.togglePause);
		this.#baseline = button("Set baseline", "secondary", () => actions.post("baseline"));
		this.#baseline.title = "Count changes from now on";
		this.#clear = button("Clear", "secondary", () => actions.post("clear"));
		this.#session = button("Attach", "primary", () => actions.post(this.#sessionAction));
		const state = element("div", { class: "state", role: "status" }, this.#shape, this.#word, this.#target);
		const controls = element(
			"div",
			{ class: "controls", role: "toolbar", "aria-label": "Monitor" },
			dropdown("Time window", windows, choices.minutes, actions.setWindow),
			this.#pause,
			this.#baseline,
			this.#clear,
			this.#session,
		);
		const samples = element("span", { class: "state-samples" }, this.#received, " samples");
		this.root = element(
			"header",
			{ class: "header" },
			element("div", { class: "header-row" }, state, controls),
			element("div", { class: "header-row header-note" }, this.#message, samples),
			this.#fold,
		);
	}

	render(view: View): void {
		const status = statusOf(view);
		setText(this.#word, status.word);
		setText(this.#target, status.target);
		setText(this.#message, status.message);
		setText(this.#detail, status.detail ?? "");
		this.#fold.hidden = status.detail === undefined;
		setText(this.#received, count(view.received));
		setAttribute(this.#shape, "data-shape", status.shape);
		setAttribute(this.#shape, "data-tone", status.tone);
		this.#showControls(view);
	}

	#showControls({ state, choices, received }: View): void {
		const { kind } = state;
		const attached = kind === "live" || kind === "silent";
		this.#sessionAction = attached || kind === "connecting" ? "detach" : "attach";
		setText(this.#session, attached ? "Detach" : kind === "connecting" ? "Cancel" : "Attach");
		setAttribute(this.#session, "appearance", this.#sessionAction === "attach" ? "primary" : "secondary");
		setText(this.#pause, choices.pausedAt === null ? "Pause" : "Resume");
		setAttribute(this.#pause, "disabled", received === 0 || (!attached && choices.pausedAt === null) ? "" : null);
		for (const control of [this.#baseline, this.#clear]) setAttribute(control, "disabled", received === 0 ? "" : null);
	}
}
