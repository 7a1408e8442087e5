import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Postgres, startPostgres } from "../../scripts/lib/postgres.js";
import { isSample, type Sample } from "../../src/protocol/index.js";
import type { App } from "./support/app.js";
import { buildPrismaProgram, type PrismaProgram, TABLES } from "./support/prisma-target.js";

const ROOT = join(import.meta.dirname, "../..");

describe("monitor on the command line, watching a real Prisma client", () => {
	let folder: string;
	let command: string;
	let postgres: Postgres;
	let program: PrismaProgram;
	let app: App;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "leak-lens-command-"));
		command = join(folder, "cli.js");
		await build({
			entryPoints: [join(ROOT, "src/cli/main.ts")],
			outfile: command,
			bundle: true,
			platform: "node",
			format: "cjs",
			target: "node20",
			logLevel: "error",
		});
		postgres = await startPostgres();
		await postgres.query(TABLES);
		program = await buildPrismaProgram();
		app = await program.start(postgres.url);
	});

	afterAll(async () => {
		await app?.stop();
		await program?.remove();
		await postgres?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	const start = (...args: string[]) =>
		spawn(process.execPath, [command, "monitor", "--pid", String(app.pid), "--format", "ndjson", ...args], {
			stdio: ["ignore", "pipe", "ignore"],
		});

	it("writes samples with clients, pools, queries and transactions, one JSON object a line", async () => {
		await app.get("/open?max=3");
		await app.get("/load?queries=2&seconds=0");
		const levels = ["--level", "trace", "--level", "inventory"];
		const child = start("--interval", "250", ...levels, "--database", `127.0.0.1:${postgres.port}`);
		const exit = once(child, "exit");
		let found: unknown;
		for await (const line of createInterface({ input: child.stdout })) {
			const sample: unknown = JSON.parse(line);
			expect(isSample(sample), line).toBe(true);
			if (!isSample(sample)) break;
			if (sample.clients && sample.queries && !found) void app.get("/load?queries=2&seconds=0.1");
			if (sample.clients && (sample.queries?.count ?? 0) > 0) {
				found = sample;
				break;
			}
		}
		child.kill("SIGINT");
		expect(await exit).toEqual([0, null]);
		expect(found).toMatchObject({
			t: expect.any(Number),
			pid: app.pid,
			memory: {
				rss: expect.any(Number),
				heapTotal: expect.any(Number),
				heapUsed: expect.any(Number),
				external: expect.any(Number),
				arrayBuffers: expect.any(Number),
				native: expect.any(Number),
			},
			connections: [
				{
					endpoint: `127.0.0.1:${postgres.port}`,
					kind: "database",
					process: expect.any(Number),
					pool: { total: expect.any(Number), idle: expect.any(Number), waiting: 0, max: 3 },
				},
			],
			clients: { live: 1 },
			queries: { count: expect.any(Number), duration: expect.any(Object) },
			transactions: { open: 0 },
			eventLoop: { utilization: expect.any(Number) },
		});
	});

	it("lists the operations that take longer than the profile's limit, and no others", async () => {
		await app.get("/open?max=3");
		const config = join(folder, "limits.json");
		await writeFile(config, JSON.stringify({ profiles: { production: { alerts: { slowQueryMs: 400 } } } }));
		const child = start("--interval", "250", "--level", "trace", "--config", config);
		const exit = once(child, "exit");
		const seen: Sample[] = [];
		for await (const line of createInterface({ input: child.stdout })) {
			const sample: unknown = JSON.parse(line);
			if (!isSample(sample)) throw new Error(line);
			if (!sample.queries) continue;
			if (seen.push(sample) === 1) void app.get("/load?queries=1&seconds=0.1").then(() => app.get("/load?queries=1&seconds=0.6"));
			if (seen.some(({ queries }) => queries?.slowCount)) break;
		}
		child.kill("SIGINT");
		expect(await exit).toEqual([0, null]);
		const slow = seen.flatMap(({ queries }) => queries?.slow ?? []);
		expect(new Set(slow.map(({ method }) => method))).toEqual(new Set(["queryRaw"]));
		expect(Math.min(...slow.map(({ duration }) => duration))).toBeGreaterThan(600);
	});

	it("gives its first sample at once, whatever the interval", async () => {
		const child = start("--interval", "60000");
		const [line] = await once(createInterface({ input: child.stdout }), "line");
		expect(isSample(JSON.parse(String(line)))).toBe(true);
		child.kill("SIGINT");
		expect(await once(child, "exit")).toEqual([0, null]);
	});
});
