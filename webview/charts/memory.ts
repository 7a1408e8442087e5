import { roundBytes } from "../../src/protocol/index.js";
import type { View } from "../store.js";
import { isVisible, type Line } from "./line.js";
import type { Plot } from "./plot.js";
import { BYTES } from "./scales.js";

const RSS: Line = { id: "rss", label: "rss", hue: "foreground", style: "line", value: ({ memory }) => memory.rss };
const OUTSIDE_HEAP: Line = {
	id: "outsideHeap",
	label: "outside the heap",
	hue: "orange",
	style: "line",
	value: ({ memory }) => memory.outsideHeap,
};
const HEAP_TOTAL: Line = { id: "heapTotal", label: "heapTotal", hue: "blue", style: "line", value: ({ memory }) => memory.heapTotal };
const NATIVE: Line = {
	id: "native",
	label: "native",
	hue: "purple",
	style: "band",
	strength: 0.3,
	value: ({ memory }) => memory.native,
};
const EXTERNAL: Line = {
	id: "external",
	label: "external",
	hue: "yellow",
	style: "band",
	strength: 0.55,
	value: ({ memory }) => memory.external,
};
const HEAP_FREE: Line = {
	id: "heapFree",
	label: "heap free",
	hue: "blue",
	style: "band",
	strength: 0.15,
	value: ({ memory }) => memory.heapTotal - memory.heapUsed,
};
const HEAP_USED: Line = {
	id: "heapUsed",
	label: "heapUsed",
	hue: "blue",
	style: "band",
	strength: 0.5,
	value: ({ memory }) => memory.heapUsed,
};

/** Memory from what is understood (below) to what is not (above), and rss as the line over it all. */
export const MEMORY: Plot = {
	id: "memory-chart",
	title: "Memory",
	description: "Memory over time, stacked: heap used, heap free, external, native; rss above.",
	scale: BYTES,
	stepped: false,
	level: null,
	has: () => true,
	lines: (view) => [RSS, OUTSIDE_HEAP, HEAP_TOTAL, ...externalLimit(view), NATIVE, EXTERNAL, HEAP_FREE, HEAP_USED],
};

/** External lies on the layers below it in the stack, so its limit does too. */
function externalLimit(view: View): readonly Line[] {
	const { external } = view.thresholds.limits;
	const { switched } = view.choices;
	if (!Number.isFinite(external) || !isVisible(EXTERNAL, switched)) return [];
	const below = [HEAP_FREE, HEAP_USED].filter((line) => isVisible(line, switched));
	return [
		{
			id: "externalLimit",
			label: `external limit ${roundBytes(external)}`,
			hue: "red",
			style: "limit",
			value: () => external,
			height: (sample) => below.reduce((sum, line) => sum + (line.value(sample) ?? 0), external),
		},
	];
}
