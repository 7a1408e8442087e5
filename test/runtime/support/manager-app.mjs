/** A server that does with the generated manager what it is asked. `held` are what its modules hold from the start. */
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";

const { prisma, PrismaConnectionManager } = await import(process.env.MODULE);
const manager = PrismaConnectionManager.getInstance();
const held = { client: manager.getClient(), hotels: prisma.hotel };

let events = 0;
prisma.$on("query", () => {
	events++;
});

const outcome = (work) =>
	work.then(
		(value) => ({ value }),
		(error) => ({ code: error.code ?? error.name }),
	);
const insertThen = (client, then) => async (name) => {
	await client.hotel.create({ data: { name } });
	await then();
	return client.hotel.count({ where: { name } });
};

const routes = {
	"/count": () => prisma.hotel.count(),
	/** Through a model and a client that were taken from the manager before anything happened. */
	"/held": async () => [await held.hotels.count(), await held.client.hotel.count(), await held.client.$queryRaw`SELECT 1 AS one`],
	"/batch": () => prisma.$transaction([prisma.hotel.create({ data: { name: "batch" } }), prisma.hotel.count({ where: { name: "batch" } })]),
	/** `queries` at once, again and again for `seconds`; answers how many failed and how many did not. */
	"/load": async ({ queries, seconds }) => {
		const until = Date.now() + Number(seconds) * 1000;
		const results = { done: 0, failed: 0 };
		const one = async () => {
			while (Date.now() < until) {
				const { code } = await outcome(prisma.$queryRaw`SELECT 1 AS one FROM pg_sleep(0.02)`);
				results[code === undefined ? "done" : "failed"]++;
			}
		};
		await Promise.all(Array.from({ length: Number(queries) }, one));
		return results;
	},
	"/queries": async ({ count }) => (await Promise.all(Array.from({ length: Number(count) }, () => prisma.hotel.count()))).length,
	"/transaction": ({ seconds }) =>
		outcome(manager.transaction((tx) => insertThen(tx, () => sleep(Number(seconds) * 1000))(`t${Math.random()}`))),
	/** Oversleeps: in the database, or idle between two statements. */
	"/late": ({ where }) =>
		outcome(
			manager.transaction(
				async (tx) => {
					await tx.hotel.create({ data: { name: "late" } });
					if (where === "database") await tx.$queryRaw`SELECT 1 AS one FROM pg_sleep(1.5)`;
					else await sleep(1_500);
					await tx.hotel.count();
				},
				{ maxWait: 500, timeout: 700 },
			),
		),
	/** Takes every connection of the pool for `seconds`. */
	"/occupy": ({ seconds }) =>
		Promise.all(
			Array.from({ length: 3 }, () => outcome(prisma.$queryRaw`SELECT 1 AS one FROM pg_sleep(${Number(seconds)})`.then(() => "ended"))),
		),
	"/late-events": () => events,
	"/rotate": () => outcome(manager.rotateConnections().then(() => "rotated")),
	"/health": () => manager.healthCheck(),
	"/force": () => manager.forceCleanup().then(() => "cleaned"),
	"/metrics": () => manager.getMetrics(),
	"/history": () => manager.getHistory(),
	"/shown": () => ({ json: JSON.stringify({ manager }), inspected: inspect(manager, { depth: 10, showHidden: true }) }),
	/** What a hot reload does: the module runs again. */
	"/reload": async () => {
		const again = await import(`${process.env.MODULE}?again=${Date.now()}`);
		return again.PrismaConnectionManager.getInstance() === manager;
	},
	"/disconnect": () => manager.disconnect().then(() => "disconnected"),
	/** The server ends; the process should then have nothing left to do. */
	"/end": () => {
		server.close();
		server.closeIdleConnections();
		return "ending";
	},
};

const server = createServer(async (request, response) => {
	const { pathname, searchParams } = new URL(request.url, "http://app");
	response.setHeader("connection", "close");
	try {
		response.end(JSON.stringify((await routes[pathname](Object.fromEntries(searchParams))) ?? null));
	} catch (error) {
		response.statusCode = 500;
		response.end(String(error.stack));
	}
});
server.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
