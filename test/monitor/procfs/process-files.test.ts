import { describe, expect, it } from "vitest";
import { parseStat, parseStatus } from "../../../src/monitor/procfs/process-files.js";

describe("parseStat", () => {
	it("reads state, parent and start time behind a name with spaces and parentheses", () => {
		const fields = ["S", "77", ...Array.from({ length: 17 }, (_, at) => String(at)), "123456", "9"];
		expect(parseStat(`42 (a) (b c) ${fields.join(" ")}\n`)).toEqual({ state: "S", parentPid: 77, startTicks: 123456 });
	});

	it.each(["", "garbage", "42 (node) S"])("answers null for %j", (text) => {
		expect(parseStat(text)).toBeNull();
	});
});

describe("parseStatus", () => {
	const status = (caught: string) => `Name:\tnode\nUid:\t1000\t1001\t1000\t1000\nVmRSS:\t   2048 kB\nSigCgt:\t${caught}\n`;

	it("reads the effective user, rss in bytes and whether SIGUSR1 is handled", () => {
		expect(parseStatus(status("0000000100000200"))).toEqual({ uid: 1001, rss: 2_097_152, catchesSigusr1: true });
		expect(parseStatus(status("fffffffffffffdff")).catchesSigusr1).toBe(false);
	});

	it.each(["", "SigCgt:\tzzzz\nUid:\n"])("takes nothing for granted in %j", (text) => {
		expect(parseStatus(text)).toMatchObject({ rss: null, catchesSigusr1: false });
	});
});
