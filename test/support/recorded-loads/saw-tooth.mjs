/**
 * Holds no memory for good: half a minute of work piles up objects and buffers, and then all of them are let go at once, as a batch
 * job does. Between the teeth V8 decides by itself when to collect.
 */
const TOOTH_MS = 30_000;
const STEP_MS = 250;

let batch = [];
setInterval(() => {
	batch.push({ rows: Array.from({ length: 2_000 }, (_, id) => ({ id, name: `room ${id}` })), buffer: Buffer.alloc(250_000, 1) });
}, STEP_MS);
setInterval(() => {
	batch = [];
}, TOOTH_MS);
console.log("ready");
