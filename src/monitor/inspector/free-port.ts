import { createServer } from "node:net";

/** A free loopback port out of these, taken at a random place so that two monitors seldom choose the same; null when all are taken. */
export async function freePort(ports: readonly number[]): Promise<number | null> {
	const start = Math.floor(Math.random() * ports.length);
	for (const port of [...ports.slice(start), ...ports.slice(0, start)]) if (!(await isTaken(port))) return port;
	return null;
}

/** Whether someone listens on a loopback port. */
export async function isTaken(port: number): Promise<boolean> {
	const server = createServer();
	return new Promise((resolve) => {
		server.once("error", () => resolve(true));
		server.listen(port, "127.0.0.1", () => server.close(() => resolve(false)));
	});
}
