import { color } from "chart.js/helpers";

/** The editor's colours, as the charts need them. */
export const HUES = ["blue", "orange", "purple", "green", "yellow", "red"] as const;
export type Hue = (typeof HUES)[number] | "foreground";

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
	return {
		hues: {
			foreground,
			blue: read("#3794ff", "charts-blue"),
			orange: read("#d18616", "charts-orange"),
			purple: read("#b180d7", "charts-purple"),
			green: read("#388a34", "charts-green"),
			yellow: read("#cca700", "charts-yellow"),
			red: read("#f14c4c", "charts-red"),
		},
		foreground,
		muted: read(foreground, "descriptionForeground"),
		background: read("#1f1f1f", "editor-background"),
		grid: translucent(foreground, 0.13),
		font: { family: read("sans-serif", "font-family"), size: 11 },
	};
}

export function translucent(css: string, alpha: number): string {
	return color(css).alpha(alpha).rgbString();
}

/** VS Code swaps the variables on the root and the class on the body when the theme changes. */
export function onThemeChange(listener: () => void): void {
	const observer = new MutationObserver(listener);
	observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "class"] });
	observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
}
