import { count, type FromDashboard, type ShownSite } from "../../src/protocol/index.js";
import { element, setHidden } from "../dom.js";
import type { View } from "../store.js";

/** Where the process makes clients, with the rule that says so; not there until the level that records it has seen one. */
export class Sites {
	readonly root = element("section", { class: "listing", "aria-label": "Where clients are made", "data-testid": "sites" });
	readonly #body = element("tbody");
	readonly #post: (message: FromDashboard) => void;
	#drawn: readonly ShownSite[] | null = null;

	constructor(post: (message: FromDashboard) => void) {
		this.#post = post;
		const head = element("tr", {}, ...["Alive", "Line", "Made", "Finding"].map((name) => element("th", { scope: "col" }, name)));
		this.root.append(element("table", {}, element("caption", {}, "Where clients are made"), element("thead", {}, head), this.#body));
	}

	render({ sites }: View): void {
		if (sites === this.#drawn) return;
		this.#drawn = sites;
		setHidden(this.root, sites.length === 0);
		this.#body.replaceChildren(...sites.map((site, index) => this.#row(site, index)));
	}

	#row(site: ShownSite, index: number): HTMLElement {
		const { live, created, rule } = site;
		const cells = [count(live), this.#place(site, index), count(created), rule ?? "none in the source"];
		return element("tr", {}, ...cells.map((content) => element("td", {}, content)));
	}

	#place({ file, line, opens }: ShownSite, index: number): Node | string {
		const text = `${file}:${line}`;
		if (!opens) return text;
		const open = element("button", { type: "button", class: "link", title: "Open this line" }, text);
		open.addEventListener("click", () => this.#post({ type: "openSite", index }));
		return open;
	}
}
