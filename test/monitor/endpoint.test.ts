import { describe, expect, it } from "vitest";
import { canonicalAddress, formatEndpoint, isLoopback, parseEndpoint, parseInspectorUrl } from "../../src/monitor/endpoint.js";

describe("endpoints", () => {
	it.each([
		["::ffff:127.0.0.1", "127.0.0.1"],
		["::FFFF:10.0.0.1", "10.0.0.1"],
		["fe80::1%eth0", "fe80::1"],
		["2001:0db8:0:0:0:0:0:1", "2001:db8::1"],
		["[::1]", "::1"],
		["DB.Internal", "db.internal"],
	])("spells %s as %s", (address, expected) => {
		expect(canonicalAddress(address)).toBe(expected);
	});

	it.each([
		["5432", { host: null, port: 5432 }],
		["localhost:5432", { host: "localhost", port: 5432 }],
		["[::1]:5432", { host: "::1", port: 5432 }],
		["postgres://user:secret@db/x", null],
		["db:0", null],
		["db:65536", null],
		["", null],
	])("reads %j", (text, expected) => {
		expect(parseEndpoint(text)).toEqual(expected);
	});

	it.each([
		["ws://127.0.0.1:9229/0b8d-4a", { host: "127.0.0.1", port: 9229, path: "0b8d-4a" }],
		["ws://[::1]:9229/", { host: "::1", port: 9229, path: null }],
		["localhost:9229", { host: "localhost", port: 9229, path: null }],
		["9229", { host: null, port: 9229, path: null }],
		["ws://u:p@127.0.0.1:9229/x", null],
		["ws://127.0.0.1:9229/x?y", null],
		["http://127.0.0.1:9229", null],
		["ws://127.0.0.1", null],
	])("reads the inspector's URL %j", (text, expected) => {
		expect(parseInspectorUrl(text)).toEqual(expected);
	});

	it("puts brackets around IPv6 only", () => {
		expect([formatEndpoint("::1", 1), formatEndpoint("127.0.0.1", 2)]).toEqual(["[::1]:1", "127.0.0.1:2"]);
	});

	it("knows the loopback", () => {
		expect(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"].every(isLoopback)).toBe(true);
		expect(["10.0.0.1", "0.0.0.0", "::", "127.evil.example", "localhost.example"].some(isLoopback)).toBe(false);
	});
});
