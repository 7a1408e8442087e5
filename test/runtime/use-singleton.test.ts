import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyHotel, fillDatabase, type HotelCopy, startHotel } from "../../scripts/lib/leaky-hotel.js";
import { type Postgres, startPostgres } from "../../scripts/lib/postgres.js";
import { openProject } from "../../src/analysis/index.js";
import { applyChanges } from "../../src/cli/apply-changes.js";
import { type Census, takeCensus } from "./support/live-clients.js";
import { Watcher } from "./support/watcher.js";

/** The shared client's pool: node-postgres's default. */
const POOL_MAX = 10;
/** Clients that live as long as the process; each statement of a partner adds one that its interval keeps alive. */
const MODULE_CLIENTS = 4;
/** So many that their memory stands out from what rss does by itself: some 15 MB from run to run. */
const STATEMENTS = 60;
const PATHS = ["/rooms?beds=2", "/guests/1", "/hotels/1/availability", "/hotels", "/reports/occupancy", "/reports/revenue"];

interface Measured extends Census {
	/** The most connections to the database any sample saw. */
	readonly connections: number;
	readonly answered: number;
}

const REPAIRS = [
	{ name: "Use singleton", selection: { fix: "use-singleton" } },
	{ name: "Every fix", selection: {} },
];

describe.each(REPAIRS)("$name on the whole example", ({ selection }) => {
	let postgres: Postgres;
	let hotel: HotelCopy;

	beforeAll(async () => {
		[postgres, hotel] = await Promise.all([startPostgres(), copyHotel()]);
		await fillDatabase(postgres.url);
	});
	afterAll(async () => {
		await hotel?.remove();
		await postgres?.stop();
	});

	it("leaves one client in the running process, its pool's connections and less memory", async () => {
		const before = await measure();
		const files = await applyEverywhere();
		const after = await measure();

		expect(before.clients).toBeGreaterThanOrEqual(MODULE_CLIENTS + STATEMENTS);
		expect(before.connections).toBeGreaterThan(POOL_MAX);
		expect(files).toBeGreaterThanOrEqual(7);

		expect(after.answered).toBe(before.answered);
		expect(after.clients).toBe(1);
		expect(after.connections).toBeGreaterThan(0);
		expect(after.connections).toBeLessThanOrEqual(POOL_MAX);
		expect(after.rss).toBeLessThan(before.rss);

		const removed = before.clients - after.clients;
		const saved = (before.rss - after.rss) / 1e6;
		console.log(
			`clients ${before.clients} → ${after.clients}, connections ${before.connections} → ${after.connections}, ` +
				`rss after gc ${(before.rss / 1e6).toFixed(0)} → ${(after.rss / 1e6).toFixed(0)} MB, ${(saved / removed).toFixed(1)} MB per removed client`,
		);
	}, 120_000);

	/** Starts the server, uses every route a few times and looks at it while its clients are still alive. */
	async function measure(): Promise<Measured> {
		const server = await startHotel(hotel.folder, postgres.url);
		const watcher = new Watcher();
		try {
			await watcher.attachByPid(server.pid, { databaseEndpoints: [`127.0.0.1:${postgres.port}`] });
			const { target } = await watcher.until("live");
			let answered = 0;
			for (const path of [...PATHS, ...Array.from({ length: STATEMENTS }, () => "/partners/1/statement")]) {
				const answer = await fetch(new URL(path, server.url));
				await answer.arrayBuffer();
				if (answer.ok) answered++;
			}
			await watcher.nextSample();
			const connections = Math.max(...watcher.samples.map(databaseConnections));
			return { ...(await takeCensus(target.inspector)), connections, answered };
		} finally {
			await watcher.dispose();
			await server.process.stop();
		}
	}

	function databaseConnections({ connections }: Watcher["samples"][number]): number {
		return connections.filter(({ kind }) => kind === "database").reduce((sum, { process }) => sum + (process ?? 0), 0);
	}

	/** What "Fix all" does in the editor, until nothing is left that it repairs; says how many files it changed. */
	async function applyEverywhere(): Promise<number> {
		const changed = new Set<string>();
		for (let round = 1; ; round++) {
			expect(round).toBeLessThan(10);
			const project = openProject(hotel.folder);
			await project.scan();
			const { outcome } = project.fixAll(selection, { kind: "workspace" });
			if (outcome.kind === "refused") break;
			for (const change of outcome.fix.changes) {
				if (change.kind === "create") throw new Error(`${change.file} should not be needed: the example has a shared client.`);
				const path = join(hotel.folder, change.file);
				await writeFile(path, applyChanges(await readFile(path, "utf8"), change.changes));
				changed.add(change.file);
			}
		}
		const project = openProject(hotel.folder);
		await project.scan();
		expect(project.findings().filter(({ fixes }) => fixes.includes("use-singleton"))).toEqual([]);
		return changed.size;
	}
});
