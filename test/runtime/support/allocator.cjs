/** A server that allocates what it is told to, each kind in its own way, and keeps it. */
const { dlopen } = require("node:process");
const { serveRoutes } = require("./serve-routes.cjs");

const MB = 1_000_000;
const WASM_PAGE = 65_536;
const kept = [];

const routes = {
	/** By malloc, in many small pieces and one large one. */
	"/buffers": async ({ mb }) => {
		const pieces = Math.floor((Number(mb) * MB) / 2 / 16_384);
		kept.push(
			Buffer.alloc((Number(mb) * MB) / 2, 1),
			Array.from({ length: pieces }, () => Buffer.alloc(16_384, 1)),
		);
	},
	/** Objects of JavaScript. */
	"/heap": async ({ mb }) => {
		kept.push(Array.from({ length: Math.floor((Number(mb) * MB) / 88) }, (_, index) => ({ a: index + 0.5, b: index, c: null })));
	},
	/** The memory of a WASM instance, written to. */
	"/wasm": async ({ mb }) => {
		const memory = new WebAssembly.Memory({ initial: Math.ceil((Number(mb) * MB) / WASM_PAGE) });
		new Uint8Array(memory.buffer).fill(1);
		kept.push(memory);
	},
	/** Loads a native addon. */
	"/load": async ({ file }) => {
		const addon = { exports: {} };
		dlopen(addon, file);
		kept.push(addon);
	},
	"/memory": async () => process.memoryUsage(),
};

serveRoutes(routes);
