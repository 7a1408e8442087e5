/** A debugger that shares its connection, as VS Code's js-debug does: each client's requests go out on the one connection, and events stay here. */
import { once } from "node:events";
import WebSocket, { WebSocketServer } from "ws";

const PATH = "a1b2c3";

export class DebuggerProxy {
	/** Every method that clients asked for. */
	readonly methods: string[] = [];
	private readonly answers = new Map<number, (text: string) => void>();
	private lastId = 0;

	/** Attaches a debugger, with all that it turns on, to the inspector at this ws:// URL. */
	static async start(url: string): Promise<DebuggerProxy> {
		const debuggee = new WebSocket(url);
		await once(debuggee, "open");
		const server = new WebSocketServer({ host: "127.0.0.1", port: 0, path: `/${PATH}` });
		await once(server, "listening");
		const proxy = new DebuggerProxy(debuggee, server);
		for (const method of ["Runtime.enable", "Debugger.enable"]) await proxy.ask(method);
		return proxy;
	}

	private constructor(
		private readonly debuggee: WebSocket,
		private readonly server: WebSocketServer,
	) {
		debuggee.on("message", (data) => {
			const message = JSON.parse(String(data));
			this.answers.get(message.id)?.(String(data));
			this.answers.delete(message.id);
		});
		server.on("connection", (client) => {
			client.on("message", async (data) => {
				const { id, method, params } = JSON.parse(String(data));
				this.methods.push(method);
				client.send(JSON.stringify({ ...(await this.ask(method, params)), id }));
			});
		});
	}

	get target() {
		const address = this.server.address();
		if (address === null || typeof address === "string") throw new Error("The proxy does not listen.");
		return { kind: "debugSession", host: address.address, port: address.port, path: PATH } as const;
	}

	/** A request of the debugger itself. */
	ask(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
		const id = ++this.lastId;
		return new Promise((resolve) => {
			this.answers.set(id, (text) => resolve(JSON.parse(text)));
			this.debuggee.send(JSON.stringify({ id, method, params }));
		});
	}

	stop(): void {
		this.server.close();
		for (const client of this.server.clients) client.terminate();
		this.debuggee.terminate();
	}
}
