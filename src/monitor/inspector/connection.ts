import { isRecord } from "../../protocol/index.js";
import type { InspectorAddress } from "./endpoint-list.js";
import { openSocket } from "./socket-wire.js";
import type { Wire } from "./wire.js";

/** Why a connection is over. `exiting`: the target ends and waits for us to let go; `violation`: it broke the protocol. */
export type Closing =
	| { readonly kind: "closed" }
	| { readonly kind: "exiting" }
	| { readonly kind: "lost"; readonly detail: string }
	| { readonly kind: "violation"; readonly detail: string };

/** For answers to our own small questions. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;
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
	private lastId = 0;
	private unasked = 0;

	/** Rejects with the system's own message when nobody answers within 5 s. */
	static async open(address: InspectorAddress, notifications: Notifications | null = null): Promise<InspectorConnection> {
		const wire = await openSocket(address, notifications?.maxMessageBytes ?? MAX_MESSAGE_BYTES);
		const connection = new InspectorConnection(wire, notifications);
		// A debugger that shares its connection sees to that itself.
		if (address.shared === true) return connection;
		// A process with an inspector client waits for it before it exits: this notification is how we know to let go.
		connection.send("NodeRuntime.enable");
		connection.send("NodeRuntime.notifyWhenWaitingForDisconnect", { enabled: true });
		return connection;
	}

	/** @param wire open, and nobody else's */
	constructor(
		private readonly wire: Wire,
		private readonly notifications: Notifications | null = null,
	) {
		this.ended = wire.ended.then((closing) => {
			for (const settle of this.pending.values()) settle({ error: new Error("The connection to the inspector is over.") });
			this.pending.clear();
			return closing;
		});
		wire.listen((text) => this.receive(text));
	}

	/** The value of an expression in the target, copied out as JSON. Rejects when it throws there or the connection ends. */
	evaluate(expression: string): Promise<unknown> {
		return this.valueOf({ expression, includeCommandLineAPI: true });
	}

	/** The same for an expression that needs no module of Node: `require` would cost the target as much as a small expression itself. */
	evaluatePlain(expression: string): Promise<unknown> {
		return this.valueOf({ expression });
	}

	private async valueOf(params: Answer): Promise<unknown> {
		const answer = await this.request("Runtime.evaluate", { ...params, returnByValue: true, silent: true });
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
		const id = ++this.lastId;
		return this.wire.send(JSON.stringify({ id, method, params })) ? id : null;
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
		this.wire.end(closing);
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
