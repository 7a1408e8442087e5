import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

export interface FakeInspector {
	readonly port: number;
	close(): Promise<void>;
}

export interface Lies {
	/** What `/json/list` answers. */
	readonly list?: string;
	/** What one evaluation answers; `undefined` is no answer at all. */
	readonly evaluate?: (expression: string) => unknown;
	/** Called once per connection. */
	readonly onConnection?: (socket: WebSocket) => void;
}

/** Looks like an inspector from afar and answers as it is told. */
export async function startFakeInspector({ list, evaluate = () => undefined, onConnection = () => {} }: Lies): Promise<FakeInspector> {
	const server = createServer((_, response) =>
		response.end(list ?? JSON.stringify([{ id: "fake", webSocketDebuggerUrl: "ws://192.0.2.1:1/elsewhere" }])),
	);
	const sockets = new WebSocketServer({ server });
	sockets.on("connection", (socket) => {
		onConnection(socket);
		socket.on("error", () => {});
		socket.on("message", (data) => {
			const { id, method, params } = JSON.parse(String(data));
			if (method !== "Runtime.evaluate") return socket.send(JSON.stringify({ id, result: {} }));
			const value = evaluate(params.expression);
			if (value !== undefined) socket.send(JSON.stringify({ id, result: { result: { type: "object", value } } }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The fake inspector has no port.");
	return {
		port: address.port,
		async close() {
			for (const socket of sockets.clients) socket.terminate();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
