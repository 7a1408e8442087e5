/** How far outside the screen a panel is drawn already, so that scrolling never shows an old one. */
const MARGIN = "200px";

/** Draws a panel while it is on the screen or near it. What comes meanwhile is drawn once it is seen, the latest alone. */
export class WhenSeen<T> {
	readonly #draw: (value: T) => void;
	#seen = true;
	#waiting: { readonly value: T } | null = null;

	constructor(root: HTMLElement, draw: (value: T) => void) {
		this.#draw = draw;
		const observer = new IntersectionObserver((entries) => this.#setSeen(entries.at(-1)?.isIntersecting ?? true), { rootMargin: MARGIN });
		observer.observe(root);
	}

	render(value: T): void {
		if (this.#seen) this.#draw(value);
		else this.#waiting = { value };
	}

	#setSeen(seen: boolean): void {
		this.#seen = seen;
		const waiting = this.#waiting;
		if (!seen || waiting === null) return;
		this.#waiting = null;
		this.#draw(waiting.value);
	}
}
