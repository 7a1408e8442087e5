import { LinearScale, type ScaleTypeRegistry } from "chart.js";

/** The same in every chart, so that their time axes stand under one another. */
const VALUE_AXIS_WIDTH = 58;
/** A line of labels with its padding. */
const TIME_AXIS_HEIGHT = 26;

/** A linear scale whose size is given and which `axesPlugin` draws: Chart.js measures and resolves every label at every update. */
export class FixedScale extends LinearScale {
	static override readonly id = "fixed";

	override fit(): void {
		if (this.isHorizontal()) this.height = TIME_AXIS_HEIGHT;
		else this.width = VALUE_AXIS_WIDTH;
	}

	override draw(): void {}
}

declare module "chart.js" {
	interface CartesianScaleTypeRegistry {
		fixed: ScaleTypeRegistry["linear"];
	}
}
