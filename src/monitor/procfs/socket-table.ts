/** The kernel's TCP tables, `/proc/PID/net/tcp` and `tcp6`, which cover the process's whole network namespace. */
import { canonicalAddress, formatEndpoint } from "../endpoint.js";

export interface KernelSocket {
	readonly state: "established" | "listen" | "other";
	readonly localAddress: string;
	readonly localPort: number;
	readonly remoteAddress: string;
	readonly remotePort: number;
	/** Joins the row with a process's `socket:[inode]` file descriptors; "0" belongs to no descriptor. */
	readonly inode: string;
}

const ROW = /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]{2})(?: +\S+){5} +(\d+)/;
const STATES: Readonly<Record<string, KernelSocket["state"]>> = { "01": "established", "0A": "listen" };

/** Lines that are no rows, such as the heading, are passed over. */
export function parseSocketTable(table: string): KernelSocket[] {
	return table.split("\n").flatMap((line) => {
		const [, localHex = "", localPort = "", remoteHex = "", remotePort = "", state = "", inode = ""] = ROW.exec(line) ?? [];
		const localAddress = parseAddress(localHex);
		const remoteAddress = parseAddress(remoteHex);
		if (localAddress === null || remoteAddress === null) return [];
		return [
			{
				state: STATES[state] ?? "other",
				localAddress,
				localPort: Number.parseInt(localPort, 16),
				remoteAddress,
				remotePort: Number.parseInt(remotePort, 16),
				inode,
			},
		];
	});
}

/** The kernel prints each 32-bit word of an address as a number of the host, which is little-endian on every platform Node ships for but s390x. */
function parseAddress(hex: string): string | null {
	const words = hex.match(/.{8}/g) ?? [];
	const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse());
	if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join(".");
	if (bytes.length !== 16) return null;
	const mapped = bytes.slice(0, 12).join("") === "00000000000000000000FFFF";
	if (mapped)
		return bytes
			.slice(12)
			.map((byte) => Number.parseInt(byte, 16))
			.join(".");
	return canonicalAddress((bytes.join("").match(/.{4}/g) ?? []).join(":"));
}

/** Ports anyone in the namespace listens on. */
export function listeningPorts(sockets: readonly KernelSocket[]): ReadonlySet<number> {
	return new Set(sockets.filter((socket) => socket.state === "listen").map((socket) => socket.localPort));
}

/** Local ports of the established connections per remote endpoint that the process opened itself; connections accepted on a listening port are left out. */
export function outgoingPorts(sockets: readonly KernelSocket[], inodes: ReadonlySet<string>): Map<string, number[]> {
	const served = listeningPorts(sockets);
	const ports = new Map<string, number[]>();
	for (const socket of sockets) {
		if (socket.state !== "established" || !inodes.has(socket.inode) || served.has(socket.localPort)) continue;
		const endpoint = formatEndpoint(socket.remoteAddress, socket.remotePort);
		const known = ports.get(endpoint);
		if (known) known.push(socket.localPort);
		else ports.set(endpoint, [socket.localPort]);
	}
	return ports;
}
