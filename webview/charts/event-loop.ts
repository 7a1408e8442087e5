import type { Line } from "./line.js";
import type { Plot } from "./plot.js";
import { MILLISECONDS, SHARES } from "./scales.js";
import { worst } from "./worst.js";

const DELAY_P95: Line = {
	id: "delayP95",
	label: "delay p95",
	hue: "orange",
	style: "line",
	value: ({ eventLoop }) => eventLoop?.delay?.p95 ?? null,
};
const DELAY_MAX: Line = {
	id: "delayMax",
	label: "delay max",
	hue: "orange",
	style: "faint",
	value: ({ eventLoop }) => eventLoop?.delay?.max ?? null,
};
const BUSY: Line = {
	id: "loopBusy",
	label: "loop busy",
	hue: "green",
	style: "line",
	value: ({ eventLoop }) => eventLoop?.utilization ?? null,
};
const CPU: Line = { id: "cpu", label: "cpu of one core", hue: "blue", style: "line", value: ({ cpu }) => cpu };

export const EVENT_LOOP: Plot = {
	id: "event-loop-chart",
	title: "Event loop delay",
	description: "How late timers of the event loop were, over time.",
	scale: MILLISECONDS,
	stepped: false,
	level: null,
	has: ({ eventLoop }) => eventLoop !== undefined,
	lines: (view) => [worst(DELAY_P95, view), worst(DELAY_MAX, view)],
};

export const BUSYNESS: Plot = {
	id: "busy-chart",
	title: "Event loop and cpu",
	description: "The share of time the event loop was busy, and the share of one core the process used, over time.",
	scale: SHARES,
	stepped: false,
	level: null,
	has: () => true,
	lines: (view) => [worst(BUSY, view), CPU],
};
