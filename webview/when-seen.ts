/** Draws a panel while any of it is on the screen, and marks it `data-unseen` while none is. What comes meanwhile is drawn in the frame after it is seen, the latest alone. */
export class WhenSeen<T> {
	readonly #root: HTMLElement;
	readonly #draw: (value: T) => void;
	readonly #drawnLate: () => void;
	#seen = true;
	#waiting: { readonly value: T } | null = null;

	/** @param drawnLate told when what had waited is drawn */
	constructor(root: HTMLElement, draw: (value: T) => void, drawnLate: () => void = () => {}) {
		this.#root = root;
		this.#draw = draw;
		this.#drawnLate = drawnLate;
		const observer = new IntersectionObserver((entries) => this.#setSeen(entries.at(-1)?.isIntersecting ?? true));
		observer.observe(root);
	}

	get isSeen(): boolean {
		return this.#seen;
	}

	render(value: T): void {
		if (this.#seen) this.#draw(value);
		else this.#waiting = { value };
	}

	#setSeen(seen: boolean): void {
		this.#seen = seen;
		this.#root.toggleAttribute("data-unseen", !seen);
		const waiting = this.#waiting;
		if (!seen || waiting === null) return;
		this.#waiting = null;
		this.#draw(waiting.value);
		this.#drawnLate();
	}
}
