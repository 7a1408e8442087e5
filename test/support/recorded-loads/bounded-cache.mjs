/** A cache of answers with a limit: it fills quickly at first, ever more slowly as most keys are known, and then stays. */
const KEYS = 1_500;
const LIMIT = 1_200;
const LOOKUPS_PER_TICK = 10;
const TICK_MS = 250;

const cache = new Map();

function lookUp(key) {
	const known = cache.get(key);
	if (known !== undefined) return known;
	const answer = { rows: Array.from({ length: 60 }, (_, id) => ({ id, text: `answer ${key} ${id}` })), body: Buffer.alloc(20_000, 1) };
	cache.set(key, answer);
	if (cache.size > LIMIT) cache.delete(cache.keys().next().value);
	return answer;
}

setInterval(() => {
	for (let n = 0; n < LOOKUPS_PER_TICK; n++) lookUp(Math.floor(Math.random() * KEYS));
}, TICK_MS);
console.log("ready");
