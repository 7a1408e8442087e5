import type { View } from "../store.js";
import type { Line } from "./line.js";

/** The line under a name that says, of a sum of several processes, that what has no sum is that of the worst of them. */
export function worst(line: Line, { shown }: Pick<View, "shown">): Line {
	const members = shown?.members;
	return members === undefined ? line : { ...line, label: `${line.label}, worst of ${members}` };
}
