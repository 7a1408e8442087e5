import { createServer, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

export interface FakeInspector {
	readonly port: number;
	close(): Promise<void>;
}

export interface Lies {
	/** Any free one unless it is named. */
	readonly port?: number;
	/** What `/json/list` answers. */
	readonly list?: string;
	/** Answers requests for pages in its own way. */
	readonly respond?: (response: ServerResponse) => void;
	/** Answers who asks for a web socket with a redirection to itself. */
	readonly redirectsSockets?: boolean;
	/** What one evaluation answers; `undefined` is no answer at all. */
	readonly evaluate?: (expression: string) => unknown;
	/** Called once per connection. */
	readonly onConnection?: (socket: WebSocket) => void;
}

const LIST = JSON.stringify([{ id: "fake", webSocketDebuggerUrl: "ws://192.0.2.1:1/elsewhere" }]);

/** Looks like an inspector from afar and answers as it is told. */
export async function startFakeInspector({ port = 0, list = LIST, respond, ...lies }: Lies): Promise<FakeInspector> {
	const { redirectsSockets = false, evaluate = () => undefined, onConnection = () => {} } = lies;
	const server = createServer((_, response) => (respond ? respond(response) : response.end(list)));
	const sockets = new WebSocketServer({
		server,
		verifyClient: (_, decide) => (redirectsSockets ? decide(false, 302, "Found", { Location: "/fake" }) : decide(true)),
	});
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
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
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
