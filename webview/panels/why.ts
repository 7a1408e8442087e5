import { type Alert, clock, type FromDashboard } from "../../src/protocol/index.js";
import { element, setHidden } from "../dom.js";
import type { View } from "../store.js";

/** What stands out and its likely cause, an entry per alert; not there while nothing does. */
export class Why {
	readonly root = element("section", { class: "why", "aria-label": "Why", "data-testid": "why" });
	readonly #list = element("ul");
	readonly #post: (message: FromDashboard) => void;
	#drawn: readonly Alert[] = [];

	constructor(post: (message: FromDashboard) => void) {
		this.#post = post;
		this.root.append(element("h2", {}, "Why"), this.#list);
		this.root.hidden = true;
	}

	render({ judgement }: View): void {
		const { alerts } = judgement;
		if (alerts === this.#drawn) return;
		this.#drawn = alerts;
		setHidden(this.root, alerts.length === 0);
		this.#list.replaceChildren(...alerts.map((alert) => this.#entry(alert)));
	}

	#entry(alert: Alert): HTMLElement {
		const { since, message, cause } = alert;
		const lines = [
			element("p", { class: "why-message" }, `${message} `, element("span", { class: "why-since" }, `since ${clock(since)}`)),
			element("p", {}, cause),
		];
		return element("li", {}, ...lines, ...this.#place(alert));
	}

	#place({ subject, finding }: Alert): readonly Node[] {
		if (finding === undefined) return [];
		const open = element("button", { type: "button", class: "link", title: "Open this line" }, `${finding.file}:${finding.line}`);
		open.addEventListener("click", () => this.#post({ type: "openExplanation", subject }));
		return [element("p", {}, open, ` ${finding.message}`)];
	}
}
