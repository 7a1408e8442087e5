/** The parts of Chart.js the dashboard uses: the canvas with its layout, and scales. Nothing else is bundled; series and axes are drawn by plugins. */
import { Chart } from "chart.js";
import { FixedScale } from "./fixed-scale.js";

Chart.register(FixedScale);

export type { ChartOptions, Plugin, Scale } from "chart.js";
export { Chart };
