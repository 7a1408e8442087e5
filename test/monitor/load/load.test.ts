import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadAddressProblem, startLoad } from "../../../src/monitor/index.js";
import { runLoad } from "../../../src/monitor/load/load-test.js";

const PLAN = { seconds: 2, connections: 4, requestsPerSecond: 40 };
let folder: string;
let program: string;
let server: Server;
let url: string;
let asked = 0;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "leak-lens-"));
	program = join(folder, "load.js");
	// As the product is built.
	const alias = { pako: "./src/monitor/load/pako.ts" };
	await build({ entryPoints: ["src/monitor/load/main.ts"], bundle: true, platform: "node", format: "cjs", outfile: program, alias });
	server = createServer((_request, response) => {
		asked += 1;
		response.writeHead(asked % 2 === 0 ? 200 : 503).end();
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The server has no port.");
	url = `http://127.0.0.1:${address.port}/`;
});
afterAll(async () => {
	server.close();
	server.closeAllConnections();
	await rm(folder, { recursive: true });
});

describe("a load test", () => {
	it("sends a bounded load from a process of its own, and measures answers, refusals and latency", async () => {
		const { answered, refused, failed, latency, seconds } = await startLoad(program, { url, ...PLAN }, new AbortController().signal);
		expect(answered).toBeGreaterThan(10);
		expect(answered).toBeLessThanOrEqual(PLAN.seconds * PLAN.requestsPerSecond);
		expect(asked).toBeGreaterThanOrEqual(answered);
		expect(asked).toBeLessThanOrEqual(PLAN.seconds * PLAN.requestsPerSecond);
		expect(Math.abs(refused - answered / 2)).toBeLessThanOrEqual(PLAN.connections);
		expect(failed).toBe(0);
		expect(latency?.p50).toBeLessThanOrEqual(latency?.p99 ?? 0);
		expect(seconds).toBeGreaterThan(0.5);
	}, 30_000);

	it("counts requests that nobody answers", async () => {
		const { answered, failed, latency } = await runLoad({ url: "http://127.0.0.1:1/", ...PLAN, seconds: 1 });
		expect({ answered, latency }).toEqual({ answered: 0, latency: null });
		expect(failed).toBeGreaterThan(0);
	}, 30_000);

	it("ends at once when it is aborted", async () => {
		const stopping = new AbortController();
		const load = startLoad(program, { url, ...PLAN, seconds: 600 }, stopping.signal);
		setTimeout(() => stopping.abort(new Error("Enough.")), 300);
		await expect(load).rejects.toThrow("Enough.");
	}, 30_000);

	it.each([
		["http://192.0.2.7/", '"192.0.2.7" is another machine. Load goes to this one only.'],
		["http://[2001:db8::1]:3000/", '"2001:db8::1" is another machine. Load goes to this one only.'],
		["http://0.0.0.0:3000/", '"0.0.0.0" is another machine. Load goes to this one only.'],
		["http://user:secret@127.0.0.1/", "Leave out user and password: the address is shown in the report."],
		["file:///etc/passwd", "Type an address such as http://127.0.0.1:3000/rooms."],
		["127.0.0.1:3000", "Type an address such as http://127.0.0.1:3000/rooms."],
	])("goes to this machine only: %s", async (address, problem) => {
		expect(await loadAddressProblem(address)).toBe(problem);
		await expect(runLoad({ url: address, ...PLAN })).rejects.toThrow(problem);
	});

	it.each(["http://127.0.0.1:3000/rooms", "http://127.9.9.9/", "http://[::1]:3000/"])("may go to %s", async (address) => {
		expect(await loadAddressProblem(address)).toBeNull();
	});
});
