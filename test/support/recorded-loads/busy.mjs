/** Works steadily and keeps nothing: parses, builds and forgets, at a rate that changes all the time. */
const TICK_MS = 50;

setInterval(() => {
	const size = 200 + Math.floor(2_000 * Math.random());
	JSON.parse(JSON.stringify(Array.from({ length: size }, (_, id) => ({ id, text: `row ${id}` }))));
	Buffer.alloc(size * 50, 1);
}, TICK_MS);
console.log("ready");
