/** A server with Prisma clients that come and go, run queries, fail and hold transactions, as it is told. It knows nothing of the monitor. */
import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import generated from "./client/index.js";
import { serveRoutes } from "./serve-routes.cjs";

const { PrismaClient } = generated;
const clients = [];

const GLOBALS = ["PRISMA_INSTRUMENTATION", "V6_PRISMA_INSTRUMENTATION", "V7_PRISMA_INSTRUMENTATION"];
/** Everything a monitor might change, as it was when the program started. */
const snapshot = () => ({
	client: Object.getOwnPropertyDescriptors(PrismaClient.prototype),
	pool: Object.getOwnPropertyDescriptors(pg.Pool.prototype),
	poolBase: Object.getOwnPropertyDescriptors(Object.getPrototypeOf(pg.Pool.prototype)),
});
const atStart = snapshot();

const newClient = (max) =>
	new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: Number(max), idleTimeoutMillis: 0 }) });

const routes = {
	/** Makes one more client and uses it, so that its pool has a connection. */
	"/open": async ({ max }) => {
		const client = newClient(max);
		clients.push(client);
		await client.hotel.count();
	},
	/** Makes one more client that is never used. */
	"/unused": async () => {
		clients.unshift(newClient(2));
	},
	/** An extension of the last client, used. */
	"/extend": async () => clients.at(-1).$extends({ name: "nothing" }).hotel.count(),
	/** Loses the last client without closing it. */
	"/lose": async () => {
		clients.pop();
	},
	"/close": async () => clients.pop().$disconnect(),
	"/collect": async () => {
		for (let round = 0; round < 4; round++) {
			globalThis.gc();
			await sleep(20);
		}
	},
	"/count": async ({ times }) => {
		for (let time = 0; time < Number(times); time++) await clients[0].hotel.count();
	},
	/** Runs `times` queries at once on the first client, each for `seconds`. */
	"/hold": async ({ times, seconds }) => {
		const hold = () => clients[0].$queryRaw`SELECT 1 AS one FROM pg_sleep(${Number(seconds)})`;
		await Promise.all(Array.from({ length: Number(times) }, hold));
	},
	/** Holds `times` interactive transactions open for `seconds`. */
	"/transact": async ({ times, seconds }) => {
		const hold = () =>
			clients[0].$transaction(
				async (tx) => {
					await tx.hotel.count();
					await sleep(Number(seconds) * 1_000);
				},
				{ timeout: 60_000, maxWait: 60_000 },
			);
		await Promise.all(Array.from({ length: Number(times) }, hold));
	},
	/** Fails `times` times with P2025, and once with a transaction that is too slow, P2028. */
	"/fail": async ({ times }) => {
		for (let time = 0; time < Number(times); time++) await clients[0].hotel.findUniqueOrThrow({ where: { id: -1 } }).catch(() => {});
		const late = clients[0].$transaction(
			async (tx) => {
				await sleep(300);
				await tx.hotel.count();
			},
			{ timeout: 100 },
		);
		await late.catch(() => {});
	},
	/** What of the program is not as it was at its start. */
	"/changes": async () => {
		const now = snapshot();
		const changed = Object.keys(now).flatMap((owner) =>
			Reflect.ownKeys(now[owner])
				.filter((key) => now[owner][key].value !== atStart[owner][key]?.value || now[owner][key].get !== atStart[owner][key]?.get)
				.map((key) => `${owner}.${String(key)}`),
		);
		const hooks = GLOBALS.filter((key) => key in globalThis);
		return [
			...changed,
			...hooks,
			...Object.getOwnPropertySymbols(globalThis)
				.map(String)
				.filter((key) => key.includes("leak-lens")),
		];
	},
	/** Sets a tracing helper as OpenTelemetry's instrumentation does. */
	"/instrument": async () => {
		const spans = [];
		const helper = {
			isEnabled: () => true,
			getTraceParent: () => "00-10-10-00",
			getActiveContext: () => undefined,
			dispatchEngineSpans: () => {},
			runInChildSpan(span, work) {
				spans.push(typeof span === "string" ? span : span.name);
				return work();
			},
		};
		globalThis.spans = spans;
		globalThis.PRISMA_INSTRUMENTATION = { helper };
		globalThis[`V${generated.Prisma.prismaVersion.client.split(".")[0]}_PRISMA_INSTRUMENTATION`] = { helper };
	},
	/** Spans that helper has seen, by name, since it was last asked. */
	"/spans": async () => globalThis.spans.splice(0).filter((name) => name === "operation").length,
};

serveRoutes(routes);
