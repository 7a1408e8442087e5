/** Asks a port whether an inspector answers there, over its `/json/list` page. */
import { get } from "node:http";
import { isRecord } from "../../protocol/index.js";
import { formatEndpoint } from "../endpoint.js";

export interface InspectorAddress {
	/** IP address. */
	readonly host: string;
	readonly port: number;
	/** Path of its web socket, without a leading slash. */
	readonly id: string;
	/** Whether the connection is a debugger's own, which it lets us speak on: how that is set up is not ours to change. */
	readonly shared?: boolean;
}

const MAX_BODY = 256 * 1024;

/** The address of the first Node target, or null when no inspector answers in time. */
export async function findInspector(host: string, port: number, timeoutMs: number): Promise<InspectorAddress | null> {
	const body = await readBounded(`http://${formatEndpoint(host, port)}/json/list`, timeoutMs);
	const id = body === null ? null : targetId(body);
	return id === null ? null : { host, port, id };
}

/** Only the id is taken from the answer: an address in it could lead anywhere. */
export function targetId(body: string): string | null {
	const list = parseJson(body);
	const target: unknown = Array.isArray(list)
		? list.find((entry) => isRecord(entry) && typeof entry.webSocketDebuggerUrl === "string")
		: null;
	const id = isRecord(target) ? target.id : null;
	return typeof id === "string" && /^[\w-]{1,100}$/.test(id) ? id : null;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/** Null for any failure: refused, too slow, too long. */
function readBounded(url: string, timeoutMs: number): Promise<string | null> {
	return new Promise((resolve) => {
		const request = get(url, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
			let body = "";
			response.setEncoding("utf8");
			response.on("data", (chunk: string) => {
				body += chunk;
				if (body.length > MAX_BODY) request.destroy();
			});
			response.on("end", () => resolve(response.statusCode === 200 ? body : null));
			response.on("error", () => resolve(null));
			response.on("close", () => resolve(null));
		});
		request.on("error", () => resolve(null));
	});
}
