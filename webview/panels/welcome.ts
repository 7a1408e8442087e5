import type { ShownState } from "../../src/protocol/index.js";
import { element, setAttribute, setHidden, setText } from "../dom.js";
import type { View } from "../store.js";
import { button } from "../toolkit.js";
import type { Actions } from "./header.js";

const WHAT_IT_DOES =
	"Attach to a running Node process to watch its memory and database connections live, without a restart and without touching its code.";

/** Stands where the charts will be until there is a sample to draw. */
export class Welcome {
	readonly root: HTMLElement;
	readonly #text = element("p");
	readonly #session: HTMLElement;
	readonly #recording: HTMLElement;
	#action: "attach" | "detach" = "attach";

	constructor(actions: Actions) {
		this.#session = button("Attach memory monitor", "primary", () => actions.post({ type: this.#action }));
		this.#recording = button("Open recording…", "secondary", () => actions.post({ type: "openRecording" }));
		const buttons = element("div", { class: "welcome-buttons" }, this.#session, this.#recording);
		this.root = element("section", { class: "welcome", "data-testid": "welcome" }, this.#text, buttons);
	}

	render({ state, received }: View): void {
		setHidden(this.root, received > 0);
		const attaching = state.kind === "connecting" || state.kind === "live";
		this.#action = attaching ? "detach" : "attach";
		this.#recording.hidden = attaching;
		setText(this.#text, textOf(state));
		setAttribute(this.#session, "appearance", attaching ? "secondary" : "primary");
		setText(this.#session, state.kind === "connecting" ? "Cancel" : attaching ? "Detach" : "Attach memory monitor");
	}
}

function textOf(state: ShownState): string {
	switch (state.kind) {
		case "connecting":
			return `${state.step}…`;
		case "live":
			return "Attached. The first sample is on its way.";
		case "error":
			return `${state.message} ${state.action}`;
		default:
			return WHAT_IT_DOES;
	}
}
