import { color } from "chart.js/helpers";

/** Least contrast between a line and what it is drawn on (WCAG 2, non-text). */
const LEAST = 3;
const STEPS = 10;

/** The colour itself where it can be told from `background`, else as little of `foreground` mixed in as makes it so. Opaque. */
export function legible(css: string, background: string, foreground: string): string {
	const opaque = color(css).alpha(1);
	for (let step = 0; step <= STEPS; step += 1) {
		const mixed = color(opaque.rgbString())
			.mix(color(foreground), 1 - step / STEPS)
			.rgbString();
		if (contrast(mixed, background) >= LEAST) return mixed;
	}
	return foreground;
}

export function translucent(css: string, alpha: number): string {
	return color(css).alpha(alpha).rgbString();
}

/** 1 (the same) to 21 (black on white). */
export function contrast(a: string, b: string): number {
	const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one);
	return (lighter + 0.05) / (darker + 0.05);
}

function luminance(css: string): number {
	const { r, g, b } = color(css).rgb;
	const [red = 0, green = 0, blue = 0] = [r, g, b].map((level) => {
		const share = level / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
