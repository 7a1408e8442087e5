/** Keeps a little of every request for ever, in objects alone, and makes much more that it lets go, as a history of queries does. */
const REQUESTS_PER_TICK = 20;
const TICK_MS = 100;

const history = [];

function answer(n) {
	const rows = Array.from({ length: 200 }, (_, id) => ({ id, guest: `guest ${n} ${id}`, nights: (n + id) % 7 }));
	const text = JSON.stringify(rows);
	history.push({ n, at: Date.now(), sql: text.slice(0, 160).split(""), duration: text.length % 17 });
	return text;
}

let served = 0;
setInterval(() => {
	for (let n = 0; n < REQUESTS_PER_TICK; n++) answer(served++);
}, TICK_MS);
console.log("ready");
