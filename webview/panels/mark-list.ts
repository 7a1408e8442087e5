import { clock, type FromDashboard, type Mark, NOTE_LIMIT } from "../../src/protocol/index.js";
import { element, setHidden } from "../dom.js";
import type { View } from "../store.js";
import { button } from "../toolkit.js";

const WORDS: Readonly<Record<Mark["kind"], string>> = {
	alert: "Alert",
	note: "Note",
	restart: "Restart",
	end: "End",
	gap: "Gap",
	baseline: "Baseline",
};
/** Older ones are on the charts, and in the export. */
const MOST = 50;

/** What happened, the latest first, and a line to write a note into. A press on one shows its time in every chart. */
export class MarkList {
	readonly root = element("section", { class: "marks", "aria-label": "Log", "data-testid": "marks" });
	readonly #list = element("ol");
	readonly #empty = element("p", { class: "quiet" }, "Nothing happened yet. Alerts, restarts, gaps and your notes are listed here.");
	readonly #form: HTMLElement;
	readonly #show: (t: number) => void;
	#drawn: readonly Mark[] | null = null;
	#now: number | null = null;

	constructor(post: (message: FromDashboard) => void, show: (t: number) => void) {
		this.#show = show;
		this.#form = this.#noteForm(post);
		this.root.append(element("h2", {}, "Log"), this.#form, this.#empty, this.#list);
	}

	render({ marks, crosshair, shown, state }: View): void {
		this.#form.hidden = state.kind === "replay";
		this.#now = (crosshair ?? shown)?.t ?? null;
		if (marks === this.#drawn) return;
		this.#drawn = marks;
		setHidden(this.#empty, marks.length > 0);
		this.#list.replaceChildren(
			...marks
				.slice(-MOST)
				.reverse()
				.map((mark) => this.#entry(mark)),
		);
	}

	#entry({ t, kind, text }: Mark): HTMLElement {
		const time = element("button", { type: "button", class: "link", title: "Show this time in the charts" }, clock(t));
		time.addEventListener("click", () => this.#show(t));
		return element("li", { "data-kind": kind }, time, " ", element("span", { class: "mark-kind" }, WORDS[kind]), ` ${text}`);
	}

	#noteForm(post: (message: FromDashboard) => void): HTMLElement {
		const input = element("input", {
			type: "text",
			class: "note-text",
			maxlength: String(NOTE_LIMIT),
			"aria-label": "Note",
			placeholder: "What happens now, such as: load test begins",
		});
		const add = (): void => {
			const text = input.value.trim();
			if (text === "" || this.#now === null) return;
			post({ type: "note", t: this.#now, text });
			input.value = "";
		};
		input.addEventListener("keydown", (event) => {
			if (event.key === "Enter") add();
		});
		return element("div", { class: "note" }, input, button("Add note", "secondary", add));
	}
}
