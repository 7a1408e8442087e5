import { describe, expect, it } from "vitest";
import { listeningPorts, outgoingPorts, parseSocketTable } from "../../../src/monitor/procfs/socket-table.js";

const HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

/** One row as the kernel prints it. */
function row(local: string, remote: string, state: string, inode: number): string {
	return `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 00000000350a5638 100 0 0 10 0`;
}

describe("parseSocketTable", () => {
	it("reads IPv4 addresses, ports, state and inode", () => {
		expect(parseSocketTable([HEAD, row("0100007F:A02D", "0200000A:1538", "01", 4711), ""].join("\n"))).toEqual([
			{ state: "established", localAddress: "127.0.0.1", localPort: 0xa02d, remoteAddress: "10.0.0.2", remotePort: 5432, inode: "4711" },
		]);
	});

	it("reads IPv4-mapped IPv6 as IPv4, and IPv6 in its shortest form", () => {
		const mapped = "0000000000000000FFFF00000100007F";
		const [first] = parseSocketTable(row(`${mapped}:1538`, "B80D01200000000000000000010000 00:0CEA".replace(" ", ""), "0A", 1));
		expect(first).toMatchObject({
			state: "listen",
			localAddress: "127.0.0.1",
			localPort: 5432,
			remoteAddress: "2001:db8::1",
			remotePort: 3306,
		});
		const [loopback] = parseSocketTable(row("00000000000000000000000001000000:1538", "00000000000000000000000000000000:0000", "06", 1));
		expect(loopback).toMatchObject({ state: "other", localAddress: "::1", remoteAddress: "::" });
	});

	it("passes over what is no row", () => {
		expect(parseSocketTable(`${HEAD}\n\0\0garbage\n   0: 01:0000\n   1: 010000:0000 00:0000 01 a b c d e f`)).toEqual([]);
	});
});

describe("outgoingPorts", () => {
	const sockets = parseSocketTable(
		[
			row("0100007F:0BB8", "00000000:0000", "0A", 1),
			row("0100007F:0BB8", "0100007F:C001", "01", 2),
			row("0100007F:C002", "0100007F:1538", "01", 3),
			row("0000000000000000FFFF00000100007F:C003", "0000000000000000FFFF00000100007F:1538", "01", 4),
			row("0100007F:C004", "0100007F:1538", "06", 5),
			row("0100007F:C005", "0100007F:1538", "01", 99),
		].join("\n"),
	);

	it("lists the process's own established connections per endpoint, and none that it accepted", () => {
		expect([...outgoingPorts(sockets, new Set(["1", "2", "3", "4", "5"]))]).toEqual([["127.0.0.1:5432", [0xc002, 0xc003]]]);
	});

	it("knows the listening ports", () => {
		expect([...listeningPorts(sockets)]).toEqual([3000]);
	});
});
