/** A server whose Prisma clients speak to MariaDB: they hold queries and transactions as it is told. It knows nothing of the monitor. */
import { setTimeout as sleep } from "node:timers/promises";
import { PrismaMariaDb } from "@prisma/adapter-mariadb";
import generated from "./client/index.js";
import { serveRoutes } from "./serve-routes.cjs";

const clients = [];

const optionsFor = (max) => {
	const { hostname, port, username, password, pathname } = new URL(process.env.DATABASE_URL);
	return { host: hostname, port: Number(port), user: username, password, database: pathname.slice(1), connectionLimit: Number(max) };
};
const atOnce = (times, work) => Promise.all(Array.from({ length: Number(times) }, work));

const routes = {
	/** Makes one more client and uses it, so that its pool has a connection. */
	"/open": async ({ max }) => {
		const client = new generated.PrismaClient({ adapter: new PrismaMariaDb(optionsFor(max)) });
		clients.push(client);
		await client.hotel.count();
	},
	/** Runs `times` queries at once on the first client, each for `seconds`. */
	"/hold": ({ times, seconds }) => atOnce(times, () => clients[0].$queryRaw`SELECT 1 AS one, SLEEP(${Number(seconds)})`),
	/** Holds `times` interactive transactions open for `seconds`. */
	"/transact": ({ times, seconds }) =>
		atOnce(times, () =>
			clients[0].$transaction(
				async (tx) => {
					await tx.hotel.create({ data: { name: "held" } });
					await sleep(Number(seconds) * 1_000);
				},
				{ timeout: 60_000, maxWait: 60_000 },
			),
		),
	"/close": () => clients.pop().$disconnect(),
};

serveRoutes(routes);
