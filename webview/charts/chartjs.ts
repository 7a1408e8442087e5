/** The parts of Chart.js the dashboard uses; nothing else is bundled. */
import * as chartjs from "chart.js";
import { CourseController } from "./course-controller.js";
import { FixedScale } from "./fixed-scale.js";

chartjs.Chart.register(CourseController, chartjs.PointElement, FixedScale);

export type { Scale } from "chart.js";
export type Chart = chartjs.Chart<"course">;
export type Options = chartjs.ChartOptions<"course">;
export type Plugin = chartjs.Plugin<"course">;

export function createChart(canvas: HTMLCanvasElement, options: Options, plugins: Plugin[]): Chart {
	return new chartjs.Chart<"course">(canvas, { type: "course", data: { datasets: [] }, options, plugins });
}
