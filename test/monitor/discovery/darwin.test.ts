import { describe, expect, it } from "vitest";
import { parseLsof, parsePs } from "../../../src/monitor/discovery/darwin.js";

describe("macOS tools", () => {
	it("reads ps", () => {
		const [row, ...rest] = parsePs(
			"  501   1   502  40960 S+   Tue Nov 24 03:41:37 2026     /opt/homebrew/bin/node server.js --port 3000\nbroken line\n",
		);
		expect(rest).toEqual([]);
		expect(row).toMatchObject({ pid: 501, parentPid: 1, uid: 502, rss: 41_943_040, state: "S+" });
		expect(row?.startedAt).toBe(new Date("Tue Nov 24 03:41:37 2026").getTime());
		expect(row?.argv).toEqual(["/opt/homebrew/bin/node", "server.js", "--port", "3000"]);
	});

	it("joins lsof's folders and sockets", () => {
		const files = parseLsof("p501\nfcwd\nn/Users/a/app\n", "p501\nf20\nn127.0.0.1:9229\nf21\nn*:3000\nf22\nn[::1]:80\np502\nf3\nn*:1\n");
		expect(files.get(501)).toEqual({
			cwd: "/Users/a/app",
			listening: [
				{ host: "127.0.0.1", port: 9229 },
				{ host: "127.0.0.1", port: 3000 },
				{ host: "::1", port: 80 },
			],
		});
		expect(files.get(502)?.cwd).toBeNull();
	});
});
