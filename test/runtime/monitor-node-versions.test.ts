import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Postgres, startPostgres } from "../../scripts/lib/postgres.js";
import { createProcessLister } from "../../src/monitor/index.js";
import type { Sample } from "../../src/protocol/index.js";
import { type App, startApp } from "./support/app.js";
import { NODE_VERSIONS, nodeProgram } from "./support/node-versions.js";
import { buildPrismaProgram, type PrismaProgram, type ProgramForm, TABLES } from "./support/prisma-target.js";
import { Watcher } from "./support/watcher.js";

/** As it is: an ES module. */
const FORMS: readonly ProgramForm[] = ["as it is", "compiled", "tsx", "native TypeScript"];
/** Where the line that is shown comes from a source map. */
const MAPPED: ReadonlySet<ProgramForm> = new Set(["compiled", "tsx"]);

const inspectorOf = async (app: App) => (await createProcessLister().find(app.pid))?.inspector;

/** The line of the program's source that creates clients. */
async function creatingLine(): Promise<number> {
	const text = await readFile(join(import.meta.dirname, "support/levels-app.mjs"), "utf8");
	return text.split("\n").findIndex((line) => line.includes("new PrismaClient(")) + 1;
}

beforeAll(() => Promise.all(NODE_VERSIONS.map(nodeProgram)));

describe.each(FORMS)("a program that is %s", (form) => {
	let postgres: Postgres;
	let program: PrismaProgram;
	let app: App;
	let watcher: Watcher;

	beforeAll(async () => {
		[postgres, program] = await Promise.all([startPostgres(), buildPrismaProgram("levels-app.mjs", { form })]);
		await postgres.query(TABLES);
	});

	beforeEach(() => {
		watcher = new Watcher();
	});

	afterEach(async () => {
		await watcher.dispose();
		await app?.stop();
	});

	afterAll(async () => {
		await program?.remove();
		await postgres?.stop();
	});

	const database = ({ connections }: Sample) => connections.find(({ kind }) => kind === "database");
	const operations = () => watcher.samples.reduce((sum, { queries }) => sum + (queries?.count ?? 0), 0);

	/** Node takes TypeScript by itself from 22.18 on. */
	const versions = NODE_VERSIONS.filter((version) => form !== "native TypeScript" || !version.startsWith("20."));

	it.each(versions)("is watched on Node %s at every level, and left as it was", async (version) => {
		app = await program.start(postgres.url, { node: await nodeProgram(version), nodeOptions: ["--expose-gc"] });
		await app.get("/open?max=4");
		await watcher.attachByPid(app.pid, { databaseEndpoints: [`localhost:${postgres.port}`] });
		expect(watcher.is("live").target).toMatchObject({ pid: app.pid, nodeVersion: `v${version}`, openedByUs: true });

		const observed = await watcher.nextSample(({ cpu }) => cpu !== null);
		expect(observed.memory.rss).toBeGreaterThan(observed.memory.heapTotal);
		expect(observed.heap?.spaces.map(({ name }) => name)).toContain("old_space");
		expect(observed.eventLoop?.utilization).toBeLessThanOrEqual(1);
		expect(database(observed)).toMatchObject({ process: 1, kernel: 1 });

		await watcher.setLevel("inventory", true);
		await watcher.setLevel("trace", true);
		expect(watcher.level("sites").price).toMatch(/stops for .* debugger is on for 30 s/);
		await watcher.setLevel("sites", true);
		expect(watcher.level("sites")).toMatchObject({ status: "on", until: expect.any(Number) });
		const counted = await watcher.nextSample(({ clients, queries }) => clients !== undefined && queries !== undefined);
		expect(counted.clients).toEqual({ live: 1, created: 0, sites: [] });
		expect(database(counted)?.pool).toEqual({ total: 1, idle: 1, waiting: 0, max: 4 });

		for (let time = 0; time < 3; time++) await app.get("/open?max=2");
		await app.get("/unused");
		await app.get("/close");
		await app.get("/collect");
		const { clients } = await watcher.nextSample(
			({ clients }) => clients?.live === 4 && clients.sites?.every(({ mapped }) => mapped === MAPPED.has(form)) === true,
		);
		expect(clients).toMatchObject({ live: 4, created: 4 });
		expect(clients?.sites).toEqual([
			{
				file: program.file,
				line: await creatingLine(),
				column: expect.any(Number),
				caller: "newClient",
				mapped: expect.any(Boolean),
				created: 4,
				live: 3,
			},
		]);
		await watcher.setLevel("sites", false);
		await app.get("/open?max=2");
		expect((await watcher.nextSample(({ clients }) => clients?.live === 5)).clients?.sites?.[0]).toMatchObject({ created: 4, live: 3 });

		const before = operations();
		await app.get("/transact?times=2&seconds=0.6");
		await watcher.nextSample(({ transactions }) => transactions?.open === 0);
		expect(operations() - before).toBe(2);
		expect(watcher.samples.reduce((sum, { transactions }) => sum + (transactions?.ended ?? 0), 0)).toBe(2);

		await watcher.detach();
		expect(await app.get("/changes")).toEqual([]);
		expect(await inspectorOf(app)).toEqual({ kind: "closed" });
		await watcher.attachByPid(app.pid);
		expect((await watcher.nextSample()).pid).toBe(app.pid);
	});
});

describe("a process that was told to take no SIGUSR1", () => {
	const script = join(import.meta.dirname, "support/plain-app.cjs");
	const versions = NODE_VERSIONS.filter((version) => !version.startsWith("20."));
	const cases = versions.flatMap((version) => [
		{ version, by: "its command line", options: { nodeOptions: ["--disable-sigusr1"] } },
		{ version, by: "NODE_OPTIONS", options: { env: { NODE_OPTIONS: "--disable-sigusr1" } } },
	]);

	it.each(cases)("by $by is not signalled on Node $version, and the way to watch it is told", async ({ version, options }) => {
		const app = await startApp(script, { node: await nodeProgram(version), ...options });
		const watcher = new Watcher();
		try {
			await watcher.attachByPid(app.pid);
			expect(watcher.is("error").action).toBe("It was started with --disable-sigusr1. Start it with --inspect instead.");
			expect(await app.get("/")).toBeNull();
			expect(await inspectorOf(app)).toEqual({ kind: "closed" });
		} finally {
			await watcher.dispose();
			await app.stop();
		}
	});
});
