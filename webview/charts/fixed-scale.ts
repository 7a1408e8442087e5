import { type CoreScaleOptions, Scale, type Scriptable, type ScriptableScaleContext } from "chart.js";

/** The same in every chart, so that their time axes stand under one another. */
const VALUE_AXIS_WIDTH = 58;
/** A line of labels with its padding. */
const TIME_AXIS_HEIGHT = 26;

interface FixedScaleOptions extends CoreScaleOptions {
	axis: "x" | "y";
	min: Scriptable<number, ScriptableScaleContext>;
	max: Scriptable<number, ScriptableScaleContext>;
}

/** A linear scale of a given size, which `axesPlugin` draws: Chart.js would measure and resolve every label at every update. */
export class FixedScale extends Scale {
	static readonly id = "fixed";

	override determineDataLimits(): void {
		const { min, max } = this.getUserBounds();
		this.min = min;
		this.max = max;
	}

	override buildTicks(): [] {
		return [];
	}

	override fit(): void {
		if (this.isHorizontal()) this.height = TIME_AXIS_HEIGHT;
		else this.width = VALUE_AXIS_WIDTH;
	}

	override draw(): void {}

	override getPixelForValue(value: number): number {
		return this.getPixelForDecimal((value - this.min) / (this.max - this.min));
	}

	override getValueForPixel(pixel: number): number {
		return this.min + this.getDecimalForPixel(pixel) * (this.max - this.min);
	}
}

declare module "chart.js" {
	interface CartesianScaleTypeRegistry {
		fixed: { options: FixedScaleOptions };
	}
}
