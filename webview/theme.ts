import { legible, translucent } from "./contrast.js";

/** The editor's colours, as the charts need them. */
export type Hue = "blue" | "orange" | "purple" | "green" | "yellow" | "red" | "foreground";

export interface Theme {
	readonly hues: Readonly<Record<Hue, string>>;
	readonly foreground: string;
	readonly muted: string;
	readonly background: string;
	readonly grid: string;
	readonly font: { readonly family: string; readonly size: number };
}

export function readTheme(): Theme {
	const style = getComputedStyle(document.body);
	const read = (fallback: string, ...names: readonly string[]): string =>
		names.map((name) => style.getPropertyValue(`--vscode-${name}`).trim()).find((value) => value !== "") ?? fallback;
	const foreground = read("#808080", "charts-foreground", "foreground", "editor-foreground");
	const background = read("#1f1f1f", "editor-background");
	const hue = (fallback: string, name: string): string => legible(read(fallback, `charts-${name}`), background, foreground);
	return {
		hues: {
			foreground,
			blue: hue("#3794ff", "blue"),
			orange: hue("#d18616", "orange"),
			purple: hue("#b180d7", "purple"),
			green: hue("#388a34", "green"),
			yellow: hue("#cca700", "yellow"),
			red: hue("#f14c4c", "red"),
		},
		foreground,
		muted: read(foreground, "descriptionForeground"),
		background,
		grid: translucent(foreground, 0.13),
		font: { family: read("sans-serif", "font-family"), size: 11 },
	};
}

/** VS Code swaps the variables on the root and the class on the body when the theme changes. */
export function onThemeChange(listener: () => void): void {
	const observer = new MutationObserver(listener);
	observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "class"] });
	observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
}
