import { type Alert, clock } from "../../src/protocol/index.js";
import { element } from "../dom.js";
import type { View } from "../store.js";

/** What stands out and its likely cause, an entry per alert; not there while nothing does. */
export class Why {
	readonly root = element("section", { class: "why", "aria-label": "Why", "data-testid": "why" });
	readonly #list = element("ul");
	#drawn: readonly Alert[] = [];

	constructor() {
		this.root.append(element("h2", {}, "Why"), this.#list);
		this.root.hidden = true;
	}

	render({ judgement }: View): void {
		const { alerts } = judgement;
		if (alerts === this.#drawn) return;
		this.#drawn = alerts;
		this.root.hidden = alerts.length === 0;
		this.#list.replaceChildren(...alerts.map(entry));
	}
}

function entry({ since, message, cause, finding }: Alert): HTMLElement {
	const lines = [
		element("p", { class: "why-message" }, `${message} `, element("span", { class: "why-since" }, `since ${clock(since)}`)),
		element("p", {}, cause),
	];
	const place = finding && element("p", {}, element("code", {}, `${finding.file}:${finding.line}`), ` ${finding.message}`);
	return element("li", {}, ...lines, ...(place ? [place] : []));
}
