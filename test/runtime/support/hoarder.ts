/** A server that holds more and more in one function, and makes garbage in another, for as long as it runs. */
import { createServer } from "node:http";

interface Booking {
	readonly guest: string;
	readonly nights: readonly number[];
}

const bookings: Booking[] = [];
const cache = new Map<string, unknown>();

function keepBookings(): void {
	for (let at = 0; at < 2_000; at++) bookings.push({ guest: `guest ${at}`, nights: [at, at + 1, at + 2] });
}

function throwAway(): number {
	return Array.from({ length: 40_000 }, (_, at) => ({ at })).length;
}

function parseDeep(): void {
	cache.set(`${cache.size}`, JSON.parse(JSON.stringify(bookings.slice(0, 200))));
}

setInterval(() => {
	keepBookings();
	throwAway();
	parseDeep();
}, 20);

const server = createServer((request, response) => {
	const symbols = Object.getOwnPropertySymbols(globalThis).map(String);
	response.end(JSON.stringify({ path: request.url, symbols }));
});
server.listen(0, "127.0.0.1", () => {
	const address = server.address();
	console.log(`listening on ${typeof address === "object" ? address?.port : address}`);
});
