import type { FromDashboard, ShownChoice, Watched, WatchedSession } from "../../src/protocol/index.js";
import { element } from "../dom.js";
import type { View } from "../store.js";
import { type Choice, dropdown } from "../toolkit.js";

/** Which of the watched processes is shown, or their sum; not there while there is nothing to choose. */
export class ProcessPicker {
	readonly root = element("div", { class: "process-picker", "data-testid": "process-picker" });
	readonly #post: (message: FromDashboard) => void;
	#drawn: Watched | null = null;

	constructor(post: (message: FromDashboard) => void) {
		this.#post = post;
		this.root.hidden = true;
	}

	render({ watched, state }: View): void {
		const choosable = watched.sessions.length > 1;
		this.root.hidden = !choosable || state.kind === "replay";
		if (watched === this.#drawn) return;
		this.#drawn = watched;
		const choose = (choice: ShownChoice) => this.#post({ type: "show", choice });
		const name = element("span", { "aria-hidden": "true" }, "Process");
		this.root.replaceChildren(...(choosable ? [name, dropdown("Process", choicesOf(watched), watched.shown, choose)] : []));
	}
}

function choicesOf({ sessions }: Watched): readonly Choice<ShownChoice>[] {
	return [...sessions.map((session) => ({ value: session.id, label: labelOf(session) })), { value: "all", label: "all, summed" }];
}

const STATE_WORDS: Readonly<Record<WatchedSession["state"], string>> = {
	idle: "",
	connecting: "connecting",
	live: "",
	silent: "not answering",
	gone: "gone",
	detached: "detached",
	error: "error",
};

function labelOf({ name, state }: WatchedSession): string {
	const word = STATE_WORDS[state];
	return word === "" ? name : `${name}, ${word}`;
}
