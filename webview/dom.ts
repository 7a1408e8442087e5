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
	if (target.textContent !== text) target.textContent = text;
}

export function setAttribute(target: HTMLElement, name: string, value: string | null): void {
	if (target.getAttribute(name) === value) return;
	if (value === null) target.removeAttribute(name);
	else target.setAttribute(name, value);
}
