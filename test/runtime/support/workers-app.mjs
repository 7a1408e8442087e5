/** A server whose worker threads make Prisma clients as they are told. It knows nothing of the monitor. */
import { once } from "node:events";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { PrismaPg } from "@prisma/adapter-pg";
import generated from "./client/index.js";
import { serveRoutes } from "./serve-routes.cjs";

const { PrismaClient } = generated;

/** What is asked of a thread. */
const clients = [];
const kept = [];
const ownMethods = () => Reflect.ownKeys(PrismaClient.prototype).map((key) => Object.getOwnPropertyDescriptor(PrismaClient.prototype, key));
const atStart = ownMethods();

const work = {
	/** Makes one more client and uses it, so that its pool has a connection. */
	open: async ({ max }) => {
		const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, max: Number(max), idleTimeoutMillis: 0 });
		const client = new PrismaClient({ adapter });
		clients.push(client);
		await client.hotel.count();
	},
	count: async ({ times }) => {
		for (let time = 0; time < Number(times); time++) await clients[0].hotel.count();
	},
	/** Keeps so many numbers in its heap, 8 bytes each. */
	keep: async ({ numbers }) => {
		for (let at = 0; at < Number(numbers); at += 1_000) kept.push(Array.from({ length: 1_000 }, (_, index) => at + index + 0.5));
	},
	/** What a monitor has changed, and left. */
	changes: async () => {
		const symbols = Object.getOwnPropertySymbols(globalThis).map(String);
		const hooks = Object.keys(globalThis).filter((key) => key.includes("PRISMA_INSTRUMENTATION"));
		const now = ownMethods();
		const methods = now.length !== atStart.length || now.some(({ value }, index) => value !== atStart[index].value) ? ["methods"] : [];
		return [...symbols.filter((key) => key.includes("leak-lens")), ...hooks, ...methods];
	},
};

if (isMainThread) {
	const workers = new Map();
	const ask = async (worker, request) => {
		worker.postMessage(request);
		const [{ answer, error }] = await once(worker, "message");
		if (error !== undefined) throw new Error(error);
		return answer;
	};
	serveRoutes({
		/** Starts a worker; answers with its number. */
		"/start": async ({ name }) => {
			const worker = new Worker(new URL(import.meta.url), { name });
			await once(worker, "message");
			workers.set(worker.threadId, worker);
			return worker.threadId;
		},
		/** What the thread `worker` does, 0 for the main one. */
		"/ask": async ({ worker, what, ...params }) =>
			Number(worker) === 0 ? work[what](params) : ask(workers.get(Number(worker)), { what, params }),
		"/end": async ({ worker }) => workers.get(Number(worker)).terminate(),
	});
} else {
	parentPort.on("message", ({ what, params }) =>
		work[what](params).then(
			(answer) => parentPort.postMessage({ answer }),
			(error) => parentPort.postMessage({ error: String(error) }),
		),
	);
	parentPort.postMessage({});
}
