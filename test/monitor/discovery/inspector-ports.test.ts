import { describe, expect, it } from "vitest";
import { inspectorCandidates, signalPort } from "../../../src/monitor/discovery/inspector-ports.js";

const ports = (...numbers: number[]) => numbers.map((port) => ({ port }));

describe("inspectorCandidates", () => {
	it("never names a server's own port", () => {
		expect(inspectorCandidates(ports(3000, 9229, 9300, 9330), [])).toEqual(ports(9229, 9300));
		expect(inspectorCandidates(ports(40000, 3000), ["--inspect"])).toEqual([]);
	});

	it("follows the process's options", () => {
		expect(inspectorCandidates(ports(40000, 3000), ["--inspect=127.0.0.1:40000"])).toEqual(ports(40000));
		expect(inspectorCandidates(ports(40000, 3000), ["--inspect-brk=0"])).toEqual(ports(40000));
	});
});

describe("signalPort", () => {
	it("is Node's default unless the options say otherwise", () => {
		expect(signalPort(["server.js"])).toBe(9229);
		expect(signalPort(["--inspect-port=127.0.0.1:9300"])).toBe(9300);
	});
});
