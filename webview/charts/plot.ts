import type { Level, Sample } from "../../src/protocol/index.js";
import type { View } from "../store.js";
import type { Line } from "./line.js";
import type { ValueScale } from "./scales.js";

/** What one chart shows: plain data, drawn by `TimeChart`. */
export interface Plot {
	/** The canvas's id. */
	readonly id: string;
	readonly title: string;
	/** For screen readers: what is drawn over time. */
	readonly description: string;
	readonly scale: ValueScale;
	/** Counts hold until the next sample; a slope between them would be made up. */
	readonly stepped: boolean;
	/** The level that measures it; null for what is always measured. */
	readonly level: Level | null;
	/** Whether a sample holds any of it. */
	has(sample: Sample): boolean;
	/** From front to back; bands from the top layer down. */
	lines(view: View): readonly Line[];
}
