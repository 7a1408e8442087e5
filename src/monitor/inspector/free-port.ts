import { once } from "node:events";
import { createServer } from "node:net";

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	if (address === null || typeof address === "string") throw new Error("The system gave no free port on 127.0.0.1.");
	return address.port;
}

/** Whether someone listens on a loopback port. */
export async function isTaken(port: number): Promise<boolean> {
	const server = createServer();
	return new Promise((resolve) => {
		server.once("error", () => resolve(true));
		server.listen(port, "127.0.0.1", () => server.close(() => resolve(false)));
	});
}
