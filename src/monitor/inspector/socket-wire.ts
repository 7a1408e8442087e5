import WebSocket from "ws";
import { formatEndpoint } from "../endpoint.js";
import type { Closing } from "./connection.js";
import type { InspectorAddress } from "./endpoint-list.js";
import type { Wire } from "./wire.js";

const CONNECT_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 10_000;

/** The inspector's web socket. Rejects with the system's own message when nobody answers within 5 s. A longer message ends it. */
export async function openSocket(address: InspectorAddress, maxMessageBytes: number): Promise<Wire> {
	const socket = new WebSocket(`ws://${formatEndpoint(address.host, address.port)}/${address.id}`, {
		perMessageDeflate: false,
		followRedirects: false,
		maxPayload: maxMessageBytes,
		handshakeTimeout: CONNECT_TIMEOUT_MS,
	});
	socket.on("upgrade", (response) => response.socket.setKeepAlive(true, KEEP_ALIVE_MS));
	const wire = new SocketWire(socket);
	await new Promise<void>((resolve, reject) => {
		socket.once("open", resolve);
		wire.ended.then((closing) => reject(new Error("detail" in closing ? closing.detail : "The connection was closed at once.")));
	});
	return wire;
}

class SocketWire implements Wire {
	readonly ended: Promise<Closing>;
	private closing: Closing | null = null;
	/** Came before anybody listened. */
	private early: string[] = [];
	private receive = (text: string): void => {
		this.early.push(text);
	};

	constructor(private readonly socket: WebSocket) {
		this.ended = new Promise((resolve) => {
			socket.on("close", (code) => {
				const closing = this.closing ?? { kind: "lost", detail: `connection closed with code ${code}` };
				this.closing = closing;
				resolve(closing);
			});
		});
		socket.on("message", (data) => this.receive(String(data)));
		socket.on("error", (error) => {
			const tooLong = error instanceof RangeError;
			this.end(tooLong ? { kind: "violation", detail: error.message } : { kind: "lost", detail: error.message });
		});
	}

	listen(receive: (text: string) => void): void {
		this.receive = receive;
		for (const text of this.early.splice(0)) receive(text);
	}

	send(text: string): boolean {
		if (this.socket.readyState !== WebSocket.OPEN) return false;
		this.socket.send(text);
		return true;
	}

	end(closing: Closing): void {
		this.closing ??= closing;
		this.socket.terminate();
	}
}
