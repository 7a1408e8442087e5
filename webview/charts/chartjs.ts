/** The parts of Chart.js the dashboard uses; nothing else is bundled. */
import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from "chart.js";

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

export type { ChartDataset, ChartOptions, Plugin } from "chart.js";
export { Chart };

export interface Point {
	x: number;
	y: number;
}
