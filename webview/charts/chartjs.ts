/** The parts of Chart.js the dashboard uses; nothing else is bundled. */
import { Chart, Filler, LineController, LineElement, PointElement } from "chart.js";
import { FixedScale } from "./fixed-scale.js";

Chart.register(LineController, LineElement, PointElement, FixedScale, Filler);

export type { ChartDataset, ChartOptions, Plugin } from "chart.js";
export { Chart };

export interface Point {
	x: number;
	y: number;
}
