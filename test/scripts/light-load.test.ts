import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startLightLoad } from "../../scripts/lib/light-load.js";

describe("light load", () => {
	it("goes to this machine only", () => {
		expect(() => startLightLoad("http://192.0.2.1:3000")).toThrow(/this machine only/);
	});

	it("stays at a few requests a second, counts what came back, and ends when stopped", async () => {
		const paths: string[] = [];
		const server = createServer((request, response) => {
			paths.push(request.url ?? "");
			response.statusCode = request.url === "/hotels" ? 500 : 200;
			response.end("{}");
		}).listen(0, "127.0.0.1");
		await once(server, "listening");
		const address = server.address();
		if (address === null || typeof address === "string") throw new Error("no port");
		const load = startLightLoad(`http://127.0.0.1:${address.port}`);
		await sleep(1_600);
		await load.stop();
		const sent = paths.length;
		expect(sent).toBeLessThan(25);
		expect(load.failed).toBe(paths.filter((path) => path === "/hotels").length);
		expect(load.answered + load.failed).toBe(sent);
		await sleep(1_200);
		expect(paths.length).toBe(sent);
		server.close();
	});
});
