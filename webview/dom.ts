type Attributes = Readonly<Record<string, string>>;

/** An element with its attributes and children; text is always text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	attributes: Attributes = {},
	...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
	made.append(...children);
	return made;
}

/** Writes only what changed, so that screen readers and layout are left alone otherwise. */
export function setText(target: HTMLElement, text: string): void {
	const { firstChild } = target;
	if (firstChild instanceof Text && firstChild === target.lastChild) {
		// A text node that stays costs the page less than a new one.
		if (firstChild.data !== text) firstChild.data = text;
	} else if (target.textContent !== text) target.textContent = text;
}

/** Setting the attribute again, though to what it is, makes the browser work out styles anew. */
export function setHidden(target: HTMLElement, hidden: boolean): void {
	if (target.hidden !== hidden) target.hidden = hidden;
}

export function setAttribute(target: HTMLElement, name: string, value: string | null): void {
	if (target.getAttribute(name) === value) return;
	if (value === null) target.removeAttribute(name);
	else target.setAttribute(name, value);
}
