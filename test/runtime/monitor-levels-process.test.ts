import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Postgres, startPostgres } from "../../scripts/lib/postgres.js";
import { type ClientSession, createProcessLister, MonitorClient } from "../../src/monitor/index.js";
import type { LevelState, Sample } from "../../src/protocol/index.js";
import type { App } from "./support/app.js";
import { buildPrismaProgram, type PrismaProgram, TABLES } from "./support/prisma-target.js";
import { OPTIONS } from "./support/watcher.js";

const ROOT = join(import.meta.dirname, "../..");

/** As it is shipped: what is evaluated in the target has gone through the minifier. */
describe("levels of the monitor as a process of its own", () => {
	const samples: Sample[] = [];
	let levels: readonly LevelState[] = [];
	let folder: string;
	let client: MonitorClient;
	let session: ClientSession;
	let postgres: Postgres;
	let program: PrismaProgram;
	let app: App;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "leak-lens-monitor-"));
		const monitor = join(folder, "monitor.js");
		const options = { bundle: true, platform: "node", format: "cjs", target: "node20", minify: true } as const;
		await build({ ...options, entryPoints: [join(ROOT, "src/monitor/main.ts")], outfile: monitor });
		[postgres, program] = await Promise.all([startPostgres(), buildPrismaProgram("levels-app.mjs")]);
		await postgres.query(TABLES);
		app = await program.start(postgres.url);
		client = new MonitorClient(monitor);
		session = client.open({
			state: () => {},
			sample: (sample) => samples.push(sample),
			levels: (now) => {
				levels = now;
			},
		});
	});

	afterAll(async () => {
		await client?.dispose();
		await app?.stop();
		await program?.remove();
		await postgres?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	it("turns every level on, and after a kill -9 the process is as it was within 30 s", async () => {
		await app.get("/open?max=2");
		session.attach({ kind: "pid", pid: app.pid, mayOpenInspector: true }, OPTIONS);
		await expect.poll(() => levels.map(({ level }) => level), { timeout: 10_000 }).toEqual(["inventory", "trace", "sites", "database"]);
		for (const level of ["inventory", "trace", "sites"] as const) session.setLevel(level, true);
		await expect.poll(() => levels.map(({ status }) => status), { timeout: 20_000 }).toEqual(["on", "on", "on", "off"]);
		await app.get("/open?max=2");
		await expect
			.poll(() => samples.at(-1)?.clients?.sites, { timeout: 10_000 })
			.toMatchObject([{ file: program.file, created: 1, live: 1 }]);
		await expect.poll(() => samples.reduce((sum, { queries }) => sum + (queries?.count ?? 0), 0)).toBe(1);
		expect(await app.get("/changes")).not.toEqual([]);

		const own = (await createProcessLister().list()).find(
			({ parentPid, title }) => parentPid === process.pid && title.endsWith("monitor.js"),
		);
		if (!own) throw new Error("The monitor process is not in the list.");
		process.kill(own.pid, "SIGKILL");
		await expect.poll(() => app.get("/changes"), { timeout: 30_000, interval: 500 }).toEqual([]);
		await expect.poll(async () => (await createProcessLister().find(app.pid))?.inspector.kind).toBe("closed");
		expect(levels).toEqual([]);
		await app.get("/count?times=1");
	});
});
