/** The cost model as data. Megabytes are 10^6 bytes of rss, after gc; every figure names where it comes from, and figures of different sources are never mixed. */

/** A range in MB. */
export type Megabytes = readonly [low: number, high: number];

/** Where a figure comes from, in words for people. */
export type Source =
	| "measured on Prisma 7 with Node 20 on Linux"
	| "measured on Prisma 6.19 (client engine) with Node 20 on Linux"
	| "project analysis of Prisma 5, Rust library engine";

/** What clients cost for a schema of a given size. */
export interface ClientFigure {
	readonly models: number;
	/** The first client of a process: it loads the engine. */
	readonly first: Megabytes;
	/** Each client beside it. */
	readonly further: Megabytes;
}

export interface ClientFigures {
	/** By number of models, smallest first. */
	readonly bySize: readonly ClientFigure[];
	/** One busy connection, on the application's side. */
	readonly connection: Megabytes;
	readonly source: Source;
}

export const PRISMA_7: ClientFigures = {
	bySize: [
		{ models: 2, first: [75, 75], further: [3, 4] },
		{ models: 82, first: [112, 112], further: [10.2, 10.2] },
	],
	connection: [0.2, 0.5],
	source: "measured on Prisma 7 with Node 20 on Linux",
};

export const PRISMA_6_CLIENT_ENGINE: ClientFigures = {
	bySize: [
		{ models: 2, first: [33, 33], further: [1.3, 1.7] },
		{ models: 82, first: [40, 40], further: [1.3, 2.1] },
	],
	connection: [0.2, 0.5],
	source: "measured on Prisma 6.19 (client engine) with Node 20 on Linux",
};

/** The analysis gives one figure for every client and no schema size. */
export const RUST_ENGINE: ClientFigures = {
	bySize: [{ models: 0, first: [15, 25], further: [15, 25] }],
	connection: [3, 5],
	source: "project analysis of Prisma 5, Rust library engine",
};
