/** One spelling for every address, so that the views of process, kernel and user can be joined. */
import { isIP } from "node:net";

/** IPv4-mapped IPv6 becomes IPv4, other IPv6 its shortest form without a zone, names lower case. */
export function canonicalAddress(address: string): string {
	const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare);
	if (mapped?.[1]) return mapped[1];
	return isIP(bare) === 6 ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : bare.toLowerCase();
}

/** `host:port`, with brackets around IPv6. */
export function formatEndpoint(address: string, port: number): string {
	return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

/** `host:port` of what a socket is connected to, in the one spelling. */
export function remoteEndpoint(address: string, port: number): string {
	return formatEndpoint(canonicalAddress(address), port);
}

export interface Endpoint {
	/** Canonical; null when only a port was given. */
	readonly host: string | null;
	readonly port: number;
}

/** Reads `host:port`, `[v6]:port` or a bare port; null for anything else. */
export function parseEndpoint(text: string): Endpoint | null {
	const [, host, digits] = /^(?:(\[[0-9a-fA-F:.%\w]+\]|[^:\s[\]/@]+):)?(\d{1,5})$/.exec(text.trim()) ?? [];
	const port = Number(digits);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) return null;
	return { host: host === undefined ? null : canonicalAddress(host), port };
}

/** Where an inspector listens. */
export interface InspectorUrl extends Endpoint {
	/** Of its web socket, without a leading slash; null where the inspector has to be asked for it. */
	readonly path: string | null;
}

/** Reads what an inspector prints at its start, `ws://host:port/path`, as well as `host:port` and a bare port. */
export function parseInspectorUrl(text: string): InspectorUrl | null {
	const [, address = "", path] = /^(?:ws:\/\/)?([^/]+)(?:\/([\w.~-]{1,200}))?\/?$/.exec(text.trim()) ?? [];
	const endpoint = parseEndpoint(address);
	return endpoint && { ...endpoint, path: path ?? null };
}

/** 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
	const canonical = canonicalAddress(address);
	return canonical === "::1" || (isIP(canonical) === 4 && canonical.startsWith("127."));
}
