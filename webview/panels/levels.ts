import { type FromDashboard, LEVEL_WORDS, type Level, type LevelState } from "../../src/protocol/index.js";
import { element, setAttribute, setHidden, setText } from "../dom.js";
import type { View } from "../store.js";

type Post = (message: FromDashboard) => void;

/** What can be measured beyond observing: a switch per level, with its price said before it is turned on. Folded until asked for. */
export class LevelSwitches {
	readonly root = element("details", { class: "levels", "data-testid": "levels" });
	readonly #count = element("span");
	readonly #list = element("ul");
	readonly #switches = new Map<Level, LevelSwitch>();
	readonly #post: Post;
	#drawn: readonly LevelState[] = [];

	constructor(post: Post) {
		this.#post = post;
		this.root.append(element("summary", {}, "Measure more", this.#count), this.#list);
	}

	render({ levels }: View): void {
		setHidden(this.root, levels.length === 0);
		if (levels === this.#drawn) return;
		this.#drawn = levels;
		const on = levels.filter(({ status }) => status === "on").length;
		setText(this.#count, on === 0 ? "" : ` · ${on} of ${levels.length} on`);
		for (const state of levels) this.#switchOf(state.level).show(state);
	}

	#switchOf(level: Level): LevelSwitch {
		const known = this.#switches.get(level);
		if (known !== undefined) return known;
		const made = new LevelSwitch(level, this.#post);
		this.#switches.set(level, made);
		this.#list.append(made.root);
		return made;
	}
}

class LevelSwitch {
	readonly root: HTMLElement;
	readonly #box: HTMLInputElement;
	readonly #price = element("span", { class: "level-price" });
	readonly #status = element("span", { class: "level-status" });

	constructor(level: Level, post: Post) {
		const { name, gives } = LEVEL_WORDS[level];
		const id = `level-${level}`;
		this.#box = element("input", { type: "checkbox", role: "switch", id, "aria-describedby": `${id}-price` });
		this.#box.addEventListener("change", () => post({ type: "level", level, on: this.#box.checked }));
		this.#price.id = `${id}-price`;
		const words = element("label", { for: id }, element("span", { class: "level-name" }, name), `: ${gives}`);
		this.root = element("li", {}, this.#box, element("div", {}, words, this.#status, this.#price));
	}

	show({ status, price, note, until }: LevelState): void {
		const on = status === "on" || status === "starting";
		this.#box.checked = on;
		this.#box.disabled = status === "starting";
		setAttribute(this.#box, "aria-checked", String(on));
		const words = { off: "", starting: "Starting…", on: until === null ? "On." : "On for a while.", failed: "Failed." }[status];
		setText(this.#status, [words, note ?? ""].filter((part) => part !== "").join(" "));
		setText(this.#price, on ? "Turning it off leaves the process as it was before." : price);
	}
}
