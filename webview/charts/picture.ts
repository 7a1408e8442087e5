import type { Theme } from "../theme.js";
import type { Label } from "./labels.js";

const MARGIN = 12;
const LINE = 18;
const SWATCH = 12;
const DATA_URL = "data:image/png;base64,";

/** A chart as a PNG in base64: its title, the canvas as it stands, and a line per visible series with its value. */
export function pictureOf(
	title: string,
	chart: HTMLCanvasElement,
	labels: readonly Label[],
	{ font, foreground, background }: Theme,
): string {
	const shown = labels.filter(({ visible }) => visible);
	const scale = chart.width / Math.max(1, chart.clientWidth);
	const top = MARGIN + 1.5 * LINE;
	const [width, height] = [chart.clientWidth + 2 * MARGIN, top + chart.clientHeight + shown.length * LINE + 2 * MARGIN];
	const picture = document.createElement("canvas");
	picture.width = Math.round(width * scale);
	picture.height = Math.round(height * scale);
	const ctx = picture.getContext("2d");
	if (ctx === null) return "";
	ctx.scale(scale, scale);
	ctx.fillStyle = background;
	ctx.fillRect(0, 0, width, height);
	ctx.fillStyle = foreground;
	ctx.font = `bold ${font.size + 2}px ${font.family}`;
	ctx.fillText(title, MARGIN, MARGIN + LINE / 2);
	ctx.drawImage(chart, MARGIN, top, chart.clientWidth, chart.clientHeight);
	ctx.font = `${font.size}px ${font.family}`;
	shown.forEach(({ name, value, before, color }, index) => {
		const y = top + chart.clientHeight + MARGIN + (index + 0.5) * LINE;
		ctx.fillStyle = color;
		ctx.fillRect(MARGIN, y - 5, SWATCH, 3);
		ctx.fillStyle = foreground;
		const figures = [value, before === "" ? "" : `before ${before}`].filter((text) => text !== "").join(" · ");
		ctx.fillText(`${name}  ${figures}`, MARGIN + SWATCH + 8, y);
	});
	return picture.toDataURL("image/png").slice(DATA_URL.length);
}
