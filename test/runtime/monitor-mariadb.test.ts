import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Mariadb, startMariadb } from "../../scripts/lib/mariadb.js";
import type { Sample } from "../../src/protocol/index.js";
import type { App } from "./support/app.js";
import { buildPrismaProgram, type PrismaProgram } from "./support/prisma-target.js";
import type { PrismaVersion } from "./support/prisma-versions.js";
import { Watcher } from "./support/watcher.js";

const VERSIONS: readonly PrismaVersion[] = ["7.10.0", "6.19.3"];
const TABLE = "CREATE TABLE app.Hotel (id int AUTO_INCREMENT PRIMARY KEY, name varchar(100) NOT NULL)";

describe.each(VERSIONS)("MariaDB's own view of a process with Prisma %s", (version) => {
	let mariadb: Mariadb;
	let program: PrismaProgram;
	let app: App;
	let watcher: Watcher;

	beforeAll(async () => {
		[mariadb, program] = await Promise.all([startMariadb(), buildPrismaProgram("mariadb-app.mjs", { version, database: "mysql" })]);
		await mariadb.query(TABLE);
	});

	afterAll(async () => {
		await program?.remove();
		await mariadb?.stop();
	});

	beforeEach(async () => {
		app = await program.start(mariadb.url);
		watcher = new Watcher();
		await watcher.attachByPid(app.pid, { databaseEndpoints: [`localhost:${mariadb.port}`] });
	});

	afterEach(async () => {
		await watcher.dispose();
		await app.stop();
	});

	const database = ({ connections }: Sample) => connections.find(({ kind }) => kind === "database");
	const ours = () => mariadb.query("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'watcher'");

	async function turnOn(url: string) {
		watcher.setDatabaseUrl(url);
		await watcher.setLevel("database", true);
		return watcher.level("database");
	}

	it("joins the processlist and open transactions with the connections that process, kernel and pool count", async () => {
		await app.get("/open?max=3");
		const other = await program.start(mariadb.url);
		try {
			await other.get("/open?max=3");
			expect(await turnOn(`${mariadb.watcherUrl}?connection_limit=5`)).toMatchObject({ status: "on" });
			await watcher.setLevel("inventory", true);

			const load = Promise.all([app.get("/transact?times=2&seconds=4"), app.get("/hold?times=1&seconds=4")]);
			const busy = await watcher.nextSample((sample) => {
				const view = database(sample)?.database;
				return view?.active === 1 && view.idleInTransaction === 2 && (view.oldestTransaction ?? 0) > 2_000;
			});
			expect(database(busy)).toMatchObject({
				endpoint: `127.0.0.1:${mariadb.port}`,
				process: 3,
				kernel: 3,
				pool: { total: 3, idle: 0, waiting: 0, max: 3 },
				database: { active: 1, idle: 0, idleInTransaction: 2, other: 0 },
			});
			// A transaction's beginning is known to the second.
			expect(database(busy)?.database?.oldestTransaction).toBeLessThan(6_000);
			await load;
			const idle = await watcher.nextSample((sample) => database(sample)?.database?.idle === 3);
			expect(database(idle)?.database).toEqual({ active: 0, idle: 3, idleInTransaction: 0, other: 0, oldestTransaction: null });
			expect(await ours()).toHaveLength(1);
			await watcher.detach();
			await expect.poll(ours).toEqual([]);
		} finally {
			await other.stop();
		}
	});

	it("says what is missing, without anything of the URL, and samples go on", async () => {
		const refusals = [
			await turnOn(mariadb.blindUrl),
			await turnOn(mariadb.watcherUrl.replace("secret-c", "wrong-c")),
			await turnOn(`${mariadb.watcherUrl}nowhere`),
			await turnOn("mysql://someone:secret@127.0.0.1:1/there"),
			await turnOn(`${mariadb.watcherUrl}?sslaccept=strict`),
		];
		expect(refusals.map(({ status }) => status)).toEqual(Array(5).fill("failed"));
		expect(refusals.map(({ note }) => note)).toEqual([
			"The database's user may not see transactions and other connections. Grant it the privilege PROCESS.",
			"The database refused the user or the password.",
			"The user may not use the database that the URL names.",
			"No database answers at the URL's host and port.",
			"The database takes no encrypted connections. Take the parameter for TLS out of the URL.",
		]);
		expect((await watcher.nextSample()).pid).toBe(app.pid);
	});

	it("is told when the server ends the connection, and the process is watched on", async () => {
		await app.get("/open?max=1");
		expect(await turnOn(mariadb.watcherUrl)).toMatchObject({ status: "on" });
		for (const { ID } of await ours()) await mariadb.query(`KILL ${ID}`);
		await expect.poll(() => watcher.level("database")).toMatchObject({ status: "failed", note: "The database ended the connection." });
		expect(database(await watcher.nextSample())).toMatchObject({ process: 1, kernel: 1 });
	});
});
