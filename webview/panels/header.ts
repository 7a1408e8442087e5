import type { FromDashboard } from "../../src/protocol/index.js";
import { element, setAttribute, setHidden, setText } from "../dom.js";
import { type Span, WINDOWS, windowLabel } from "../span.js";
import type { Choices, View } from "../store.js";
import { button, dropdown } from "../toolkit.js";
import { statusOf } from "./status.js";

const NOT_IN_REPLAY = "A recording does not go on. Leave the replay for the session.";

/** What the reader can do. */
export interface Actions {
	post(message: FromDashboard): void;
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
	readonly #clear: HTMLElement;
	readonly #session: HTMLElement;
	readonly #controls: HTMLElement;
	readonly #note: HTMLElement;
	readonly #unit = element("span");
	#span: Span = { from: 0, to: 0 };
	#sessionAction: "attach" | "detach" | "leaveReplay" = "attach";

	constructor(actions: Actions, choices: Choices) {
		const windows = WINDOWS.map((minutes) => ({ value: minutes, label: windowLabel(minutes) }));
		this.#pause = button("Pause", "secondary", actions.togglePause);
		const baseline = button("Set baseline", "secondary", () => actions.post({ type: "setBaseline", t: this.#span.to }));
		baseline.title = "Compare with what was measured up to here, or with a recording";
		this.#clear = button("Clear", "secondary", () => actions.post({ type: "clear" }));
		const save = button("Export", "secondary", () => actions.post({ type: "export", ...this.#span }));
		save.title = "Save the samples in view as CSV or JSON lines";
		const report = button("Create report", "secondary", () => actions.post({ type: "report" }));
		report.title = "Write down what was found in the sources and measured here";
		this.#session = button("Attach", "primary", () => actions.post({ type: this.#sessionAction }));
		const state = element("div", { class: "state", role: "status" }, this.#shape, this.#word, this.#target);
		this.#controls = element(
			"div",
			{ class: "controls", role: "toolbar", "aria-label": "Monitor" },
			dropdown("Time window", windows, choices.minutes, actions.setWindow),
			this.#pause,
			baseline,
			this.#clear,
			save,
			report,
			this.#session,
		);
		const samples = element("span", { class: "state-samples" }, this.#received, this.#unit);
		this.#note = element("div", { class: "header-row header-note" }, this.#message, samples);
		this.root = element(
			"header",
			{ class: "header" },
			element("div", { class: "header-row" }, state, this.#controls),
			this.#note,
			this.#fold,
		);
	}

	render(view: View): void {
		this.#span = { from: view.from, to: view.to };
		const status = statusOf(view);
		setText(this.#word, status.word);
		setText(this.#target, status.target);
		setText(this.#message, status.message);
		setText(this.#detail, status.detail ?? "");
		setHidden(this.#fold, status.detail === undefined);
		setText(this.#received, String(view.received));
		setText(this.#unit, view.received === 1 ? " sample" : " samples");
		setAttribute(this.#shape, "data-shape", status.shape);
		setAttribute(this.#shape, "data-tone", status.tone);
		this.#showControls(view);
	}

	/** Before the first sample the welcome says and offers all there is. */
	#showControls({ state, choices, received }: View): void {
		setHidden(this.#controls, received === 0);
		setHidden(this.#note, received === 0);
		const { kind } = state;
		const attached = kind === "live" || kind === "silent";
		const replay = kind === "replay";
		this.#sessionAction = replay ? "leaveReplay" : attached || kind === "connecting" ? "detach" : "attach";
		setText(this.#session, replay ? "Leave replay" : attached ? "Detach" : kind === "connecting" ? "Cancel" : "Attach");
		setAttribute(this.#session, "appearance", this.#sessionAction === "detach" ? "secondary" : "primary");
		setText(this.#pause, choices.standing === null || replay ? "Pause" : "Resume");
		setAttribute(this.#pause, "disabled", replay || (!attached && choices.standing === null) ? "" : null);
		setAttribute(this.#clear, "disabled", replay ? "" : null);
		for (const control of [this.#pause, this.#clear]) setAttribute(control, "title", replay ? NOT_IN_REPLAY : null);
	}
}
