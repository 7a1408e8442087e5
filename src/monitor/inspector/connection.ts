import WebSocket from "ws";
import { isRecord } from "../../protocol/index.js";
import { formatEndpoint } from "../endpoint.js";
import type { InspectorAddress } from "./endpoint-list.js";

/** Why a connection is over. `exiting`: the target ends and waits for us to let go; `violation`: it broke the protocol. */
export type Closing =
	| { readonly kind: "closed" }
	| { readonly kind: "exiting" }
	| { readonly kind: "lost"; readonly detail: string }
	| { readonly kind: "violation"; readonly detail: string };

/** For answers to our own small questions. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const CONNECT_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 10_000;
/** No domain is enabled that sends notifications by itself, so more of them than this is no Node inspector. */
const MAX_UNASKED_MESSAGES = 100;

/** For a connection that enables a domain which sends notifications by itself. */
export interface Notifications {
	readonly maxMessageBytes: number;
	receive(method: string, params: Answer): void;
}

export type Answer = Readonly<Record<string, unknown>>;
type Settle = (outcome: { readonly result: Answer } | { readonly error: Error }) => void;

/**
 * One connection to a Node inspector. It never enables the domains `Runtime` and `Debugger`: that would make the target keep
 * every logged object, or slow it down.
 */
export class InspectorConnection {
	/** Resolves once, when the connection is over; never rejects. */
	readonly ended: Promise<Closing>;
	private readonly pending = new Map<number, Settle>();
	private closing: Closing | null = null;
	private lastId = 0;
	private unasked = 0;

	/** Rejects with the system's own message when nobody answers within 5 s. */
	static async open(address: InspectorAddress, notifications: Notifications | null = null): Promise<InspectorConnection> {
		const socket = new WebSocket(`ws://${formatEndpoint(address.host, address.port)}/${address.id}`, {
			perMessageDeflate: false,
			followRedirects: false,
			maxPayload: notifications?.maxMessageBytes ?? MAX_MESSAGE_BYTES,
			handshakeTimeout: CONNECT_TIMEOUT_MS,
		});
		socket.on("upgrade", (response) => response.socket.setKeepAlive(true, KEEP_ALIVE_MS));
		const connection = new InspectorConnection(socket, notifications);
		await new Promise<void>((resolve, reject) => {
			socket.once("open", resolve);
			connection.ended.then((closing) => reject(new Error("detail" in closing ? closing.detail : "The connection was closed at once.")));
		});
		// A debugger that shares its connection sees to that itself.
		if (address.shared === true) return connection;
		// A process with an inspector client waits for it before it exits: this notification is how we know to let go.
		connection.send("NodeRuntime.enable");
		connection.send("NodeRuntime.notifyWhenWaitingForDisconnect", { enabled: true });
		return connection;
	}

	private constructor(
		private readonly socket: WebSocket,
		private readonly notifications: Notifications | null,
	) {
		this.ended = new Promise((resolve) => {
			socket.on("close", (code) => {
				const closing = this.closing ?? { kind: "lost", detail: `connection closed with code ${code}` };
				this.closing = closing;
				for (const settle of this.pending.values()) settle({ error: new Error("The connection to the inspector is over.") });
				this.pending.clear();
				resolve(closing);
			});
		});
		socket.on("error", (error) => {
			const tooLong = error instanceof RangeError;
			this.end(tooLong ? { kind: "violation", detail: error.message } : { kind: "lost", detail: error.message });
		});
		socket.on("message", (data) => this.receive(String(data)));
	}

	/** The value of an expression in the target, copied out as JSON. Rejects when it throws there or the connection ends. */
	async evaluate(expression: string): Promise<unknown> {
		const answer = await this.request("Runtime.evaluate", { expression, returnByValue: true, silent: true, includeCommandLineAPI: true });
		return isRecord(answer.result) ? answer.result.value : undefined;
	}

	/** The result of one of the protocol's methods. Rejects when it is refused, throws in the target, or the connection ends. */
	request(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
		return new Promise((resolve, reject) => {
			const id = this.send(method, params);
			if (id === null) return reject(new Error("The connection to the inspector is over."));
			this.pending.set(id, (outcome) => ("error" in outcome ? reject(outcome.error) : resolve(outcome.result)));
		});
	}

	close(): void {
		this.end({ kind: "closed" });
	}

	private send(method: string, params: Readonly<Record<string, unknown>> = {}): number | null {
		if (this.socket.readyState !== WebSocket.OPEN) return null;
		const id = ++this.lastId;
		this.socket.send(JSON.stringify({ id, method, params }));
		return id;
	}

	private receive(text: string): void {
		const message = parse(text);
		if (message === null) this.end({ kind: "violation", detail: "a message that is no JSON object" });
		else if (message.method === "NodeRuntime.waitingForDisconnect") this.end({ kind: "exiting" });
		else this.settle(message);
	}

	private settle(message: Readonly<Record<string, unknown>>): void {
		const id = typeof message.id === "number" ? message.id : 0;
		const settle = this.pending.get(id);
		this.pending.delete(id);
		if (settle) settle(readOutcome(message));
		else if (this.notifications && typeof message.method === "string")
			this.notifications.receive(message.method, isRecord(message.params) ? message.params : {});
		else if (++this.unasked > MAX_UNASKED_MESSAGES) this.end({ kind: "violation", detail: "messages that nobody asked for" });
	}

	private end(closing: Closing): void {
		this.closing ??= closing;
		this.socket.terminate();
	}
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
	try {
		const message: unknown = JSON.parse(text);
		return isRecord(message) ? message : null;
	} catch {
		return null;
	}
}

function readOutcome(message: Readonly<Record<string, unknown>>): Parameters<Settle>[0] {
	const result = isRecord(message.result) ? message.result : null;
	if (result === null) return { error: new Error("The inspector refused the request.") };
	if (isRecord(result.exceptionDetails)) return { error: new Error(`The target threw: ${describeException(result.exceptionDetails)}`) };
	return { result };
}

function describeException(details: Readonly<Record<string, unknown>>): string {
	const description = isRecord(details.exception) ? details.exception.description : details.text;
	return typeof description === "string" ? (description.split("\n")[0] ?? "").slice(0, 300) : "an unknown value";
}
