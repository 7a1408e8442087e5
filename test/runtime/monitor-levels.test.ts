import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Postgres, startPostgres } from "../../scripts/lib/postgres.js";
import { createProcessLister } from "../../src/monitor/index.js";
import type { Sample } from "../../src/protocol/index.js";
import type { App } from "./support/app.js";
import { buildPrismaProgram, type PrismaProgram, TABLES } from "./support/prisma-target.js";
import type { PrismaVersion } from "./support/prisma-versions.js";
import { Watcher } from "./support/watcher.js";

const VERSIONS: readonly PrismaVersion[] = ["7.10.0", "6.19.3"];

describe.each(VERSIONS)("levels of a process with Prisma %s", (version) => {
	let postgres: Postgres;
	let program: PrismaProgram;
	let app: App;
	let watcher: Watcher;

	beforeAll(async () => {
		[postgres, program] = await Promise.all([startPostgres(), buildPrismaProgram("levels-app.mjs", { version })]);
		await postgres.query(TABLES);
	});

	afterAll(async () => {
		await program?.remove();
		await postgres?.stop();
	});

	beforeEach(async () => {
		app = await program.start(postgres.url, { nodeOptions: ["--expose-gc"] });
		watcher = new Watcher();
	});

	afterEach(async () => {
		await watcher.dispose();
		await app.stop();
	});

	const attach = () => watcher.attachByPid(app.pid, { databaseEndpoints: [`localhost:${postgres.port}`] });
	const database = ({ connections }: Sample) => connections.find(({ kind }) => kind === "database");
	/** Operations in all samples. */
	const operations = () => watcher.samples.reduce((sum, { queries }) => sum + (queries?.count ?? 0), 0);

	it("counts live clients and the gauges of their pools, and follows newcomers without another search", async () => {
		await app.get("/open?max=4");
		await app.get("/open?max=3");
		await app.get("/extend");
		await attach();
		expect((await watcher.nextSample()).clients).toBeUndefined();
		expect(watcher.level("inventory")).toMatchObject({ status: "off", price: expect.stringMatching(/stops for about 0\.\d s/) });

		await watcher.setLevel("inventory", true);
		expect(watcher.level("inventory")).toMatchObject({ status: "on" });
		const first = await watcher.nextSample();
		expect(first.clients).toEqual({ live: 2, created: 0 });
		expect(first.pools?.map(({ total, idle, waiting, max }) => ({ total, idle, waiting, max })).sort((a, b) => a.max - b.max)).toEqual([
			{ total: 1, idle: 1, waiting: 0, max: 3 },
			{ total: 1, idle: 1, waiting: 0, max: 4 },
		]);
		expect(database(first)).toMatchObject({ process: 2, kernel: 2, pool: { total: 2, idle: 2, waiting: 0, max: 7 } });

		const held = app.get("/hold?times=6&seconds=2");
		const busy = await watcher.nextSample((sample) => database(sample)?.pool?.waiting === 2);
		expect(database(busy)).toMatchObject({ process: 5, kernel: 5, pool: { total: 5, idle: 1, waiting: 2, max: 7 } });
		await held;

		await app.get("/open?max=2");
		await app.get("/extend");
		const grown = await watcher.nextSample();
		expect(grown.clients).toEqual({ live: 3, created: 1 });
		expect(grown.pools).toHaveLength(3);

		await app.get("/close");
		await app.get("/lose");
		await app.get("/collect");
		expect((await watcher.nextSample(({ clients }) => clients?.live === 1)).clients).toEqual({ live: 1, created: 1 });
	});

	it("counts operations, statements, transactions and errors exactly, names slow queries without their text", async () => {
		await app.get("/open?max=4");
		await attach();
		await watcher.setLevel("trace", true);
		expect(watcher.level("trace")).toMatchObject({ status: "on" });
		await watcher.nextSample();
		expect(operations()).toBe(0);

		await app.get("/count?times=25");
		const counted = await watcher.nextSample();
		expect(operations()).toBe(25);
		expect(watcher.samples.reduce((sum, { queries }) => sum + (queries?.statements ?? 0), 0)).toBe(25);
		expect(counted.transactions).toEqual({ open: 0, ages: [], ended: 0, duration: null });

		const held = app.get("/transact?times=3&seconds=2");
		const open = await watcher.nextSample(({ transactions }) => transactions?.open === 3 && transactions.ages.every((age) => age > 800));
		expect(open.transactions?.ages).toHaveLength(3);
		const [inDatabase] = await postgres.query(
			"SELECT count(*)::int AS open FROM pg_stat_activity WHERE state = 'idle in transaction' AND application_name <> 'leak-lens-admin'",
		);
		expect(inDatabase).toEqual({ open: 3 });
		await held;
		const closed = await watcher.nextSample(({ transactions }) => transactions?.open === 0);
		expect(closed.transactions?.open).toBe(0);
		const ended = watcher.samples.filter(({ transactions }) => (transactions?.ended ?? 0) > 0);
		expect(ended.reduce((sum, { transactions }) => sum + (transactions?.ended ?? 0), 0)).toBe(3);
		expect(ended[0]?.transactions?.duration?.p50).toBeGreaterThan(2_000);
		expect(operations()).toBe(28);

		await app.get("/fail?times=2");
		await watcher.nextSample();
		const errors = watcher.samples.flatMap(({ queries }) => queries?.errors ?? []);
		const byCode = (wanted: string) => errors.filter(({ code }) => code === wanted).reduce((sum, { count }) => sum + count, 0);
		expect({ P2025: byCode("P2025"), P2028: byCode("P2028") }).toEqual({ P2025: 2, P2028: 1 });

		await app.get("/hold?times=1&seconds=5.2");
		await watcher.nextSample();
		const slow = watcher.samples.flatMap(({ queries }) => queries?.slow ?? []);
		expect(slow).toEqual([{ model: null, method: "queryRaw", duration: expect.any(Number), endedAt: expect.any(Number) }]);
		expect(slow[0]?.duration).toBeGreaterThan(5_200);
		expect(JSON.stringify(watcher.samples)).not.toContain("pg_sleep");
	});

	it("asks the database itself about the connections of the process, and about no others", async () => {
		await app.get("/open?max=4");
		const other = await program.start(postgres.url);
		try {
			await other.get("/open?max=4");
			await attach();
			await watcher.setLevel("database", true);
			expect(watcher.level("database")).toMatchObject({ status: "failed", note: "No URL of the database was given." });
			watcher.setDatabaseUrl(`${postgres.url}?schema=public&connection_limit=5`);
			await watcher.setLevel("database", true);
			await watcher.setLevel("inventory", true);
			expect(watcher.level("database")).toMatchObject({ status: "on" });

			const load = Promise.all([app.get("/transact?times=2&seconds=3"), app.get("/hold?times=1&seconds=3")]);
			const busy = await watcher.nextSample((sample) => {
				const view = database(sample)?.database;
				return view?.active === 1 && view.idleInTransaction === 2 && (view.oldestTransaction ?? 0) > 1_000;
			});
			expect(database(busy)).toMatchObject({
				process: 3,
				kernel: 3,
				pool: { total: 3, idle: 0 },
				database: { active: 1, idle: 0, idleInTransaction: 2, other: 0 },
			});
			await load;
			const idle = await watcher.nextSample((sample) => database(sample)?.database?.idle === 3);
			expect(database(idle)?.database).toEqual({ active: 0, idle: 3, idleInTransaction: 0, other: 0, oldestTransaction: null });
			const [ours] = await postgres.query(
				"SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'prisma-leak-lens'",
			);
			expect(ours).toEqual({ count: 1 });
			await watcher.detach();
			await expect.poll(() => postgres.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'prisma-leak-lens'")).toEqual([]);
		} finally {
			await other.stop();
		}
	});

	it("says why a database cannot be asked, without its URL", async () => {
		await attach();
		watcher.setDatabaseUrl("postgresql://someone:secret@127.0.0.1:1/there");
		await watcher.setLevel("database", true);
		expect(watcher.level("database")).toMatchObject({ status: "failed", note: "No database answers at the URL's host and port." });
		watcher.setDatabaseUrl(postgres.url.replace(/postgres$/, "nowhere"));
		await watcher.setLevel("database", true);
		expect(watcher.level("database")).toMatchObject({ status: "failed", note: "The server has no database of that name." });
		expect((await watcher.nextSample()).pid).toBe(app.pid);
	});

	it("goes on with an instrumentation that is there or comes later, and gives it back", async () => {
		await app.get("/open?max=2");
		await app.get("/instrument");
		await attach();
		await watcher.setLevel("trace", true);
		await app.get("/count?times=4");
		expect(await app.get("/spans")).toBe(4);
		await app.get("/instrument");
		await app.get("/count?times=3");
		expect(await app.get("/spans")).toBe(3);
		await watcher.nextSample();
		expect(operations()).toBe(7);
		await watcher.setLevel("trace", false);
		await app.get("/count?times=2");
		expect(await app.get("/spans")).toBe(2);
		expect((await watcher.nextSample()).queries).toBeUndefined();
	});

	it("leaves nothing in the process when it detaches", async () => {
		await app.get("/open?max=2");
		expect(await app.get("/changes")).toEqual([]);
		await attach();
		await watcher.setLevel("inventory", true);
		await watcher.setLevel("trace", true);
		await app.get("/count?times=1");
		await watcher.nextSample(({ clients, queries }) => clients?.live === 1 && queries !== undefined);
		expect(await app.get("/changes")).not.toEqual([]);
		await watcher.detach();
		expect(await app.get("/changes")).toEqual([]);
		await app.get("/count?times=1");
		expect((await createProcessLister().find(app.pid))?.inspector).toEqual({ kind: "closed" });
	});

	it("serves two monitors at once; what one leaves the other keeps", async () => {
		await app.get("/open?max=2");
		await attach();
		const { inspector } = watcher.is("live").target;
		const second = new Watcher();
		try {
			const [host = "", port = ""] = inspector.split(":");
			await second.attach({ kind: "address", host, port: Number(port) });
			await watcher.setLevel("trace", true);
			await second.setLevel("trace", true);
			await second.setLevel("inventory", true);
			await app.get("/count?times=5");
			await watcher.nextSample();
			await second.nextSample();
			const seen = ({ samples }: Watcher) => samples.reduce((sum, { queries }) => sum + (queries?.count ?? 0), 0);
			expect([seen(watcher), seen(second)]).toEqual([5, 5]);
			expect((await watcher.nextSample()).clients).toBeUndefined();
			await second.detach();
			await app.get("/count?times=2");
			await watcher.nextSample();
			await sleep(300);
			expect(seen(watcher)).toBe(7);
		} finally {
			await second.dispose();
		}
		await watcher.detach();
		expect(await app.get("/changes")).toEqual([]);
	});
});
