import { describe, expect, it } from "vitest";
import { parseWindows, splitCommand } from "../../../src/monitor/discovery/windows.js";

describe("Windows tools", () => {
	it("reads CIM's JSON and leaves out rows of another shape", () => {
		const row = { pid: 8, parentPid: 4, command: "node server.js", rss: 1000, startedAt: 1795493134916 };
		const json = JSON.stringify({
			processes: [row, { pid: "8" }, null, { ...row, pid: 9, command: null }],
			listeners: [{ pid: 8, host: "0.0.0.0", port: 9229 }, 3],
		});
		expect(parseWindows(json)).toEqual({
			processes: [row, { ...row, pid: 9, command: null }],
			listeners: [{ pid: 8, host: "127.0.0.1", port: 9229 }],
		});
		expect(parseWindows("[]")).toEqual({ processes: [], listeners: [] });
	});

	it("splits a command line", () => {
		expect(splitCommand('"C:\\Program Files\\nodejs\\node.exe"  --inspect "my server.js"')).toEqual([
			"C:\\Program Files\\nodejs\\node.exe",
			"--inspect",
			"my server.js",
		]);
	});
});
