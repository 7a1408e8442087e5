/** Light constant load on the example: a few requests a second, the leaking routes rarely, on this machine only. */
import { setTimeout as sleep } from "node:timers/promises";

interface Route {
	readonly every: number;
	readonly request: (n: number) => { path: string; body?: object };
}

/** Milliseconds between two requests of a kind. What leaks per request is asked for rarely: the server has to live for hours. */
const ROUTES: readonly Route[] = [
	{ every: 500, request: (n) => ({ path: `/rooms?beds=${1 + (n % 3)}` }) },
	{ every: 700, request: (n) => ({ path: `/guests/${1 + (n % 200)}` }) },
	{ every: 900, request: (n) => ({ path: `/hotels/${1 + (n % 4)}/availability` }) },
	{ every: 1_000, request: () => ({ path: "/hotels" }) },
	{ every: 3_000, request: (n) => ({ path: "/bookings", body: { roomId: 1 + (n % 120), guestId: 1 + (n % 200), nights: 1 + (n % 5) } }) },
	{ every: 7_000, request: () => ({ path: "/reports/occupancy" }) },
	{ every: 11_000, request: () => ({ path: "/reports/revenue" }) },
	{ every: 13_000, request: (n) => ({ path: `/partners/${1 + (n % 3)}/statement` }) },
];

const REQUEST_TIMEOUT_MS = 10_000;

/** What the load has met so far. */
export interface Load {
	readonly answered: number;
	readonly failed: number;
	stop(): Promise<void>;
}

/** Sends one request per route at a time until stopped: a slow server is never flooded. Takes loopback addresses only. */
export function startLightLoad(baseUrl: string): Load {
	const { hostname } = new URL(baseUrl);
	if (!["127.0.0.1", "localhost", "[::1]"].includes(hostname)) throw new Error(`Load goes to this machine only, not to ${hostname}.`);
	const stopping = new AbortController();
	const count = { answered: 0, failed: 0 };
	const loops = ROUTES.map(async ({ every, request }) => {
		for (let n = 0; !stopping.signal.aborted; n++) {
			const { path, body } = request(n);
			if (await succeeds(new URL(path, baseUrl), body)) count.answered++;
			else count.failed++;
			await sleep(every, undefined, { signal: stopping.signal }).catch(() => {});
		}
	});
	return {
		get answered() {
			return count.answered;
		},
		get failed() {
			return count.failed;
		},
		async stop() {
			stopping.abort();
			await Promise.all(loops);
		},
	};
}

async function succeeds(url: URL, body?: object): Promise<boolean> {
	const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
	try {
		const response = await fetch(url, { ...(body && post), signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}
