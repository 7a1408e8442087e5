import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Postgres, startPostgres } from "../../scripts/lib/postgres.js";
import type { App } from "./support/app.js";
import { takeCensus } from "./support/live-clients.js";
import { buildManagerProgram, type ManagerKind, type ManagerProgram } from "./support/manager-program.js";

const KINDS: readonly ManagerKind[] = [
	{ version: "7.10.0", language: "TypeScript" },
	{ version: "7.10.0", language: "JavaScript" },
	{ version: "6.19.3", language: "TypeScript" },
	{ version: "6.19.3", language: "JavaScript" },
];

let postgres: Postgres;
beforeAll(async () => {
	postgres = await startPostgres();
	await postgres.query(`CREATE TABLE "Hotel" (id serial PRIMARY KEY, name text NOT NULL)`);
});
afterAll(() => postgres?.stop());

describe.each(KINDS)("the connection manager in $language on Prisma $version", (kind) => {
	let program: ManagerProgram;
	let app: App;

	beforeAll(async () => {
		program = await buildManagerProgram(kind);
	});
	afterAll(() => program?.remove());
	beforeEach(async () => {
		app = await start();
	});
	afterEach(() => app?.stop());

	function start(env: Readonly<Record<string, string>> = {}): Promise<App> {
		// The server trusts loopback: the password is there to be kept secret.
		return program.start(postgres.url.replace("postgres@", "postgres:s3cret@"), { nodeOptions: ["--inspect=127.0.0.1:0"], env });
	}

	if (kind.language === "TypeScript") it("type-checks", () => program.typeCheck());

	it("runs queries, batches and transactions through what modules hold", async () => {
		expect(await app.get("/held")).toEqual([expect.any(Number), expect.any(Number), [{ one: 1 }]]);
		expect(await app.get("/batch")).toEqual([{ id: expect.any(Number), name: "batch" }, expect.any(Number)]);
		expect(await app.get("/transaction?seconds=0")).toEqual({ value: 1 });
		expect(await app.get("/metrics")).toMatchObject({ queryCount: 7, transactionCount: 2, failureCount: 0, connectionCount: 0 });
	});

	it("rotates while queries and a transaction run, and closes every old connection", async () => {
		await app.get("/load?queries=3&seconds=0.1");
		const old = await backends();
		const load = app.get("/load?queries=4&seconds=2.5");
		const transaction = app.get("/transaction?seconds=1.5");
		await until(async () => expect(await states()).toContain("idle in transaction"));
		expect(await app.get("/rotate")).toEqual({ value: "rotated" });
		expect(await load).toEqual({ done: expect.any(Number), failed: 0 });
		expect(await transaction).toEqual({ value: 1 });
		expect(await app.get("/held")).toHaveLength(3);
		expect(old.length).toBeGreaterThan(0);
		expect(intersection(old, await backends())).toEqual([]);
		expect(await app.get("/metrics")).toMatchObject({ rotationCount: 1, retiredClients: 0, failureCount: 0 });
	});

	it("keeps event handlers through a rotation, and no client that has been replaced", async () => {
		for (let turn = 0; turn < 8; turn++) {
			await app.get("/rotate");
			await app.get("/count");
		}
		const before = Number(await app.get("/late-events"));
		await app.get("/count");
		expect(await app.get("/late-events")).toBe(before + 1);
		const inspector = /ws:\/\/([\d.:]+)\//.exec(app.output())?.[1] ?? "";
		expect((await takeCensus(inspector)).clients).toBe(1);
	});

	it("gives up connections at their maximum age", async () => {
		await app.stop();
		app = await start({ MAX_AGE: "1" });
		await app.get("/count");
		const old = await backends();
		await sleep(1_200);
		await app.get("/count");
		expect(old).toHaveLength(1);
		expect(intersection(old, await backends())).toEqual([]);
	});

	it("stays healthy when the database ends its connections", async () => {
		await app.get("/load?queries=3&seconds=0.1");
		const old = await backends();
		await terminate();
		expect(await app.get("/health")).toMatch(/healthy|replaced/);
		expect(await app.get("/load?queries=3&seconds=0.2")).toMatchObject({ failed: 0 });
		expect(intersection(old, await backends())).toEqual([]);
	});

	it("replaces a client whose pool is stuck, and says when the database is out of reach", async () => {
		const stuck = app.get("/occupy?seconds=60");
		await until(async () => expect(await states()).toEqual(["active", "active", "active"]));
		const old = await backends();
		expect(await app.get("/health")).toBe("replaced");
		expect(await app.get("/count")).toEqual(expect.any(Number));
		expect(await app.get("/metrics")).toMatchObject({ replacementCount: 1, retiredClients: 1, connectionCount: 3 });
		await terminate(old);
		await stuck;
		await until(async () => expect(await app.get("/metrics")).toMatchObject({ retiredClients: 0, connectionCount: 0 }));

		await allowConnections(false);
		try {
			await terminate();
			expect(await app.get("/health")).toBe("unreachable");
			expect(await app.get("/rotate")).toEqual({ code: "Error" });
		} finally {
			await allowConnections(true);
		}
		expect(await app.get("/health")).toBe("healthy");
		expect(await app.get("/count")).toEqual(expect.any(Number));
	});

	it("ends a transaction at its time-out and leaves none behind", async () => {
		for (const where of ["database", "program"]) {
			expect(await app.get(`/late?where=${where}`)).toEqual({ code: "P2028" });
			await until(async () => expect(await states()).not.toContain("idle in transaction"));
			await until(async () => expect(await states()).not.toContain("active"));
		}
		expect(await postgres.query(`SELECT 1 FROM "Hotel" WHERE name = 'late'`)).toEqual([]);
		expect(await app.get("/transaction?seconds=0")).toEqual({ value: 1 });
	});

	it("cleans up by force: running transactions fail, and no old connection stays", async () => {
		const transaction = app.get("/transaction?seconds=4");
		await until(async () => expect(await states()).toEqual(["idle in transaction"]));
		const old = await backends();
		expect(await app.get("/force")).toBe("cleaned");
		await until(async () => expect(intersection(old, await backends())).toEqual([]));
		expect(await transaction).toEqual({ code: "P2028" });
		expect(await app.get("/count")).toEqual(expect.any(Number));
	});

	it("keeps the last 100 operations, without text, values or secrets", async () => {
		await app.get("/queries?count=120");
		await app.get("/late?where=program");
		const history = await app.get("/history");
		expect(history).toHaveLength(100);
		expect(history).toContainEqual({ name: "$transaction", kind: "transaction", durationMs: expect.any(Number), failed: true });
		expect(await app.get("/metrics")).toMatchObject({ queryCount: expect.toSatisfy((count) => count > 100) });
		const shown = JSON.stringify(await app.get("/shown"));
		expect(shown).toContain("avgQueryTime");
		expect(shown).not.toMatch(/s3cret|127\.0\.0\.1|pg_sleep|late"/);
	});

	it("is one in a process, however often its module runs", async () => {
		expect(await app.get("/reload")).toBe(true);
	});

	it("disconnects, and lets the process end", async () => {
		await app.get("/load?queries=3&seconds=0.1");
		expect(await app.get("/disconnect")).toBe("disconnected");
		// A timer of the application's own may still fire.
		expect(await app.get("/rotate")).toEqual({ value: "rotated" });
		expect(await backends()).toEqual([]);
		await app.get("/end");
		expect(await endsWithin(2_000)).toEqual({ code: 0, signal: null });
	});

	it("lets a process end that does not disconnect", async () => {
		await app.get("/count");
		await app.get("/end");
		expect(await endsWithin(5_000)).toEqual({ code: 0, signal: null });
		await until(async () => expect(await backends()).toEqual([]));
	});

	function endsWithin(ms: number): Promise<unknown> {
		return Promise.race([app.exit, sleep(ms, "still running", { ref: false })]);
	}
});

async function sessions(): Promise<{ pid: number; state: unknown }[]> {
	const rows = await postgres.query("SELECT pid, state FROM pg_stat_activity WHERE application_name = 'managed' ORDER BY pid");
	return rows.map(({ pid, state }) => ({ pid: Number(pid), state }));
}

async function backends(): Promise<number[]> {
	return (await sessions()).map(({ pid }) => pid);
}

async function states(): Promise<unknown[]> {
	return (await sessions()).map(({ state }) => state);
}

async function terminate(pids?: readonly number[]): Promise<void> {
	await postgres.query("SELECT pg_terminate_backend(pid, 5000) FROM unnest($1::int[]) AS pid", [pids ?? (await backends())]);
}

async function allowConnections(isAllowed: boolean): Promise<void> {
	await postgres.query("UPDATE pg_database SET datallowconn = $1 WHERE datname = current_database()", [isAllowed]);
}

function intersection(a: readonly number[], b: readonly number[]): number[] {
	return a.filter((item) => b.includes(item));
}

/** Until an expectation holds, for five seconds at most. */
async function until(expectation: () => Promise<void>): Promise<void> {
	for (const deadline = Date.now() + 5_000; Date.now() < deadline; await sleep(100)) {
		const isMet = await expectation().then(
			() => true,
			() => false,
		);
		if (isMet) return;
	}
	await expectation();
}
