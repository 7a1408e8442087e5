import { once } from "node:events";
import { WebSocket } from "ws";

/** A debugger as an editor has one: a connection to an inspector that enables domains, which the monitor never does. */
export class Debugger {
	private lastId = 0;

	static async connect({ host, port }: { readonly host: string; readonly port: number }): Promise<Debugger> {
		const list: unknown = await (await fetch(`http://${host}:${port}/json/list`)).json();
		const url = Array.isArray(list) ? field(list[0], "webSocketDebuggerUrl") : undefined;
		if (typeof url !== "string") throw new Error(`No inspector answers at ${host}:${port}.`);
		const socket = new WebSocket(url);
		await once(socket, "open");
		return new Debugger(socket);
	}

	private constructor(private readonly socket: WebSocket) {}

	/** The result of one of the protocol's methods; rejects when it fails. */
	async send(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
		const id = ++this.lastId;
		const answer = this.until((message) => field(message, "id") === id);
		this.socket.send(JSON.stringify({ id, method, params }));
		const message = await answer;
		const failure = field(message, "error") ?? field(field(message, "result"), "exceptionDetails");
		if (failure) throw new Error(`${method}: ${JSON.stringify(failure)}`);
		return field(message, "result");
	}

	/** The next notification of that name. */
	next(method: string): Promise<unknown> {
		return this.until((message) => field(message, "method") === method);
	}

	async evaluate(expression: string): Promise<unknown> {
		return field(field(await this.send("Runtime.evaluate", { expression, returnByValue: true }), "result"), "value");
	}

	close(): void {
		this.socket.close();
	}

	private until(fits: (message: unknown) => boolean): Promise<unknown> {
		return new Promise((resolve) => {
			const receive = (data: Buffer): void => {
				const message: unknown = JSON.parse(data.toString("utf8"));
				if (!fits(message)) return;
				this.socket.off("message", receive);
				resolve(message);
			};
			this.socket.on("message", receive);
		});
	}
}

/** A value of an object that came from the inspector; undefined where there is none. */
export function field(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
