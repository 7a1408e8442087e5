import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Postgres, startPostgres } from "../../scripts/lib/postgres.js";
import { isInteger, isListOf } from "../../src/protocol/index.js";
import type { App } from "./support/app.js";
import { buildPrismaProgram, type PrismaProgram, TABLES } from "./support/prisma-target.js";
import { Watcher } from "./support/watcher.js";

const isPorts = isListOf(isInteger(1, 65_535), 1_000);

/** For the database to let a connection in that process and kernel have open already. */
const LET_IN_MS = 2_000;

describe("connections of a Prisma 7 process, by process, kernel and database", () => {
	const watcher = new Watcher();
	let postgres: Postgres;
	let program: PrismaProgram;
	let app: App;

	beforeAll(async () => {
		[postgres, program] = await Promise.all([startPostgres(), buildPrismaProgram()]);
		await postgres.query(TABLES);
		app = await program.start(postgres.url);
		await watcher.attachByPid(app.pid, { databaseEndpoints: [`localhost:${postgres.port}`] });
	});

	afterAll(async () => {
		await watcher.dispose();
		await app?.stop();
		await program?.remove();
		await postgres?.stop();
	});

	/** What the database itself says, by name and by the ports of the process's own sockets. */
	async function inDatabase(): Promise<{ byName: number; byPort: number }> {
		const ports = await app.get("/ports");
		if (!isPorts(ports)) throw new Error(`These are no ports: ${JSON.stringify(ports)}`);
		const [row] = await postgres.query(
			`SELECT count(*) FILTER (WHERE application_name = $1)::int AS "byName", count(*) FILTER (WHERE client_port = ANY($2))::int AS "byPort"
			 FROM pg_stat_activity WHERE backend_type = 'client backend'`,
			[`app-${app.pid}`, ports],
		);
		return { byName: Number(row?.byName), byPort: Number(row?.byPort) };
	}

	/** Waits for a sample in which both views agree on `expected`, then compares with the database, which counts a connection once it has let it in. */
	async function expectEverywhere(expected: number): Promise<void> {
		const ours = await watcher.nextSample(({ connections }) => {
			const database = connections.find(({ kind }) => kind === "database");
			return (database?.process ?? 0) === expected && (database?.kernel ?? 0) === expected;
		});
		await expect.poll(inDatabase, { timeout: LET_IN_MS }).toEqual({ byName: expected, byPort: expected });
		const databases = ours.connections.filter(({ kind }) => kind === "database");
		expect(databases).toEqual(
			expected === 0 && databases.length === 0
				? []
				: [
						{
							endpoint: `127.0.0.1:${postgres.port}`,
							kind: "database",
							process: expected,
							kernel: expected,
							ages: Array(expected).fill(expect.any(Number)),
						},
					],
		);
	}

	it("agree while no client was used", async () => {
		await app.get("/open?max=4");
		await app.get("/open?max=3");
		await app.get("/open?max=2");
		await expectEverywhere(0);
	});

	it("agree under load with three clients", async () => {
		const load = app.get("/load?queries=4&seconds=3");
		await expectEverywhere(4 + 3 + 2);
		await load;
	});

	it("agree when the clients are idle and keep their connections", async () => {
		await expectEverywhere(4 + 3 + 2);
	});

	it("agree after one client was closed", async () => {
		await app.get("/close");
		await expectEverywhere(4 + 3);
	});

	it("agree after all clients were closed, and still name the database", async () => {
		await app.get("/close");
		await app.get("/close");
		await expectEverywhere(0);
		expect(watcher.samples.at(-1)?.connections).toEqual([
			{ endpoint: `127.0.0.1:${postgres.port}`, kind: "database", process: 0, kernel: 0, ages: [] },
		]);
	});
});
