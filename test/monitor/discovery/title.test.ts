import { describe, expect, it } from "vitest";
import { processTitle } from "../../../src/monitor/discovery/title.js";

describe("processTitle", () => {
	it.each([
		[["node", "/app/src/server.js"], "/app", "src/server.js"],
		[["node", "--require", "/x/pre.cjs", "--import", "file:///x/l.mjs", "src/index.ts"], "/app", "src/index.ts"],
		[["node", "--inspect=0", "-r", "dotenv/config", "server.js", "--db=postgres://u:secret@h/d"], "/app", "server.js"],
		[["node", "/app/node_modules/.bin/tsx", "src/index.ts"], "/app", "tsx src/index.ts"],
		[["node", "/app/node_modules/next/dist/bin/next", "dev", "--port", "3000"], "/app", "next dev 3000"],
		[["node", "/app/node_modules/@nestjs/cli/bin/nest.js", "start"], "/app", "@nestjs/cli start"],
		[["node", "/app/node_modules/.bin/tool", "postgres://u:secret@h/d"], "/app", "tool"],
		[["node", "-e", "connect('postgres://u:secret@h')"], "/app", "node -e"],
		[["next-server (v15.0.0)"], "/app", "next-server (v15.0.0)"],
		[[], null, "node"],
	])("names %j in %s %j", (argv, cwd, expected) => {
		expect(processTitle(argv, cwd)).toBe(expected);
	});

	it("is bounded", () => {
		expect(processTitle(["node", "x".repeat(10_000)], null)).toHaveLength(80);
	});
});
