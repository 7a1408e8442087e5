/** Keeps the bodies of answers outside the heap: `external` and rss grow while the heap stays small. */
const TICK_MS = 500;

const bodies = [];
setInterval(() => {
	bodies.push(Buffer.alloc(40_000, 1));
	JSON.parse(JSON.stringify(Array.from({ length: 3_000 }, (_, id) => ({ id }))));
}, TICK_MS);
console.log("ready");
