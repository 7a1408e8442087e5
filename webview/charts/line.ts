import type { Sample } from "../../src/protocol/index.js";
import type { Hue } from "../theme.js";

/** One series of a chart. `band`: a layer of the stack. `limit`: a threshold, dashed, drawn with its name. */
export interface Line {
	readonly id: string;
	readonly label: string;
	readonly hue: Hue;
	readonly style: "line" | "faint" | "band" | "limit";
	/** 0..1, of a band's fill. */
	readonly strength?: number;
	/** Switched off until the reader asks for it. */
	readonly quiet?: boolean;
	/** The same over the whole view, samples or none. */
	readonly constant?: boolean;
	/** What the label says; null where it could not be measured. */
	value(sample: Sample): number | null;
	/** Where the line is drawn, when that is not its value. */
	height?(sample: Sample): number | null;
}

export function isVisible(line: Line, switched: readonly string[]): boolean {
	return switched.includes(line.id) === (line.quiet ?? false);
}
