import type { Line } from "./line.js";
import type { Plot } from "./plot.js";
import { COUNTS } from "./scales.js";

const ALIVE: Line = { id: "clientsAlive", label: "alive", hue: "green", style: "line", value: ({ clients }) => clients?.live ?? null };
const CREATED: Line = {
	id: "clientsCreated",
	label: "created",
	hue: "blue",
	style: "line",
	value: ({ clients }) => clients?.created ?? null,
};

/** A line of `alive` that climbs is a client per request or per call; one of `created` alone, a client that is thrown away each time. */
export const CLIENTS: Plot = {
	id: "clients-chart",
	title: "Clients",
	description: "PrismaClients over time: alive, and created since the inventory.",
	scale: COUNTS,
	stepped: true,
	level: "inventory",
	has: ({ clients }) => clients !== undefined,
	lines: () => [ALIVE, CREATED],
};
