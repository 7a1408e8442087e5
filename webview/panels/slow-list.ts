import { clock, milliseconds, type SlowQuery } from "../../src/protocol/index.js";
import { element, setHidden } from "../dom.js";
import type { Row } from "../rows.js";
import type { View } from "../store.js";

const MOST = 8;

/** The slowest operations of the time in view; not there while there are none. */
export class SlowList {
	readonly root = element("section", { class: "listing", "aria-label": "Slow operations", "data-testid": "slow" });
	readonly #body = element("tbody");
	#drawn: readonly Row[] = [];
	#listed: readonly SlowQuery[] = [];

	constructor() {
		const head = element("tr", {}, ...["Duration", "Operation", "Ended"].map((name) => element("th", { scope: "col" }, name)));
		this.root.hidden = true;
		this.root.append(element("table", {}, element("caption", {}, "Slowest operations in view"), element("thead", {}, head), this.#body));
	}

	render({ rows }: View): void {
		if (rows === this.#drawn) return;
		this.#drawn = rows;
		const slow = slowest(rows);
		if (slow.length === this.#listed.length && slow.every((query, place) => query === this.#listed[place])) return;
		this.#listed = slow;
		setHidden(this.root, slow.length === 0);
		this.#body.replaceChildren(...slow.map(rowOf));
	}
}

function slowest(rows: readonly Row[]): readonly SlowQuery[] {
	const all = rows.flatMap(({ sample }) => sample?.queries?.slow ?? []);
	return all.sort((a, b) => b.duration - a.duration).slice(0, MOST);
}

function rowOf({ duration, model, method, endedAt }: SlowQuery): HTMLElement {
	const cells = [milliseconds(duration), model === null ? method : `${model}.${method}`, clock(endedAt)];
	return element("tr", {}, ...cells.map((text) => element("td", {}, text)));
}
