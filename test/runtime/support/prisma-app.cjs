/** A server with as many Prisma clients as it is told to have. It has no inspector and knows nothing of the monitor. */
const { Socket } = require("node:net");
const { PrismaPg } = require("@prisma/adapter-pg");
const { PrismaClient } = require("./client");
const { serveRoutes } = require("./serve-routes.cjs");

/** Every socket this process connects, seen at the call and not in Node's list of handles, which the monitor reads. */
const sockets = new Set();
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
	sockets.add(this);
	this.once("close", () => sockets.delete(this));
	return connect.apply(this, args);
};

const clients = [];

const routes = {
	/** Makes one more client; `max` is its pool's size. */
	"/open": async ({ max }) => {
		const adapter = new PrismaPg({
			connectionString: process.env.DATABASE_URL,
			application_name: `app-${process.pid}`,
			max: Number(max),
			idleTimeoutMillis: 0,
		});
		clients.push(new PrismaClient({ adapter }));
	},
	/** Counts the hotels, then runs `queries` at once on every client, each holding its connection for `seconds`. */
	"/load": async ({ queries, seconds }) => {
		await Promise.all(clients.map((client) => client.hotel.count()));
		const hold = (client) => client.$queryRaw`SELECT 1 AS one FROM pg_sleep(${Number(seconds)})`;
		await Promise.all(clients.flatMap((client) => Array.from({ length: Number(queries) }, () => hold(client))));
	},
	/** Counts the hotels `times` times, one after the other, on the first client. */
	"/count": async ({ times }) => {
		for (let time = 0; time < Number(times); time++) await clients[0].hotel.count();
	},
	/** Microseconds of cpu the process has used. */
	"/cpu": async () => {
		const { user, system } = process.cpuUsage();
		return user + system;
	},
	"/close": async () => clients.pop().$disconnect(),
	/** Local ports of the sockets that were opened to the database and are open still. */
	"/ports": async () => [...sockets].filter((socket) => socket.readyState === "open").map((socket) => socket.localPort),
};

serveRoutes(routes);
