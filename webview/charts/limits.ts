import type { Theme } from "../theme.js";
import type { Plugin } from "./chartjs.js";
import type { Course } from "./courses.js";

/** Writes each limit's name on its dashed line, at the left, where no current value stands. */
export function limitNamesPlugin(courses: () => readonly Course[], theme: () => Theme): Plugin {
	return {
		id: "limitNames",
		afterDatasetsDraw({ ctx, chartArea, scales: { x, y } }) {
			if (x === undefined || y === undefined) return;
			const { font, foreground, background } = theme();
			ctx.save();
			ctx.font = `${font.size}px ${font.family}`;
			ctx.lineWidth = 3;
			ctx.lineJoin = "round";
			ctx.strokeStyle = background;
			ctx.fillStyle = foreground;
			for (const { line, times, heights } of courses()) {
				if (line.style !== "limit") continue;
				const first = times.findIndex((t, place) => t >= x.min && Number.isFinite(heights[place]));
				const [t, height] = [times[first], heights[first]];
				if (t === undefined || height === undefined) continue;
				const [left, at] = [x.getPixelForValue(t) + 6, y.getPixelForValue(height)];
				const baseline = at - 4 < chartArea.top + font.size ? at + font.size + 3 : at - 4;
				ctx.strokeText(line.label, left, baseline);
				ctx.fillText(line.label, left, baseline);
			}
			ctx.restore();
		},
	};
}
