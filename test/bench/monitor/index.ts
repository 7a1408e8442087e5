/** What watching costs: the target its cpu, its throughput and its heap, and us our own memory. */
import { startPostgres } from "../../../scripts/lib/postgres.js";
import type { App } from "../../runtime/support/app.js";
import { buildPrismaProgram, TABLES } from "../../runtime/support/prisma-target.js";
import { Watcher } from "../../runtime/support/watcher.js";
import type { BenchRow } from "../row.js";
import { logHeavyBench } from "./log-heavy.js";
import { readingBench, throughputBench } from "./observe.js";
import { ownMemoryBench } from "./own-memory.js";
import { traceBench } from "./trace.js";

/** @param minutes for which the log-heavy target is observed */
export async function monitorBench(minutes: number): Promise<BenchRow[]> {
	return [...(await withApps(loadedBenches)), await logHeavyBench(minutes), ...(await ownMemoryBench())];
}

type Apps = readonly [App, App];

async function loadedBenches(apps: Apps): Promise<BenchRow[]> {
	const watchers = [new Watcher(), new Watcher()] as const;
	try {
		return [await readingBench(apps[0]), await throughputBench(apps, watchers[0]), await traceBench(apps, watchers)];
	} finally {
		for (const watcher of watchers) await watcher.dispose();
	}
}

/** Two servers of the same program on one database, each with a client that is in use. */
async function withApps<T>(work: (apps: Apps) => Promise<T>): Promise<T> {
	const postgres = await startPostgres();
	const program = await buildPrismaProgram();
	const apps: App[] = [];
	const start = async (): Promise<App> => {
		const app = await program.start(postgres.url);
		apps.push(app);
		await app.get("/open?max=5");
		return app;
	};
	try {
		await postgres.query(TABLES);
		return await work([await start(), await start()]);
	} finally {
		for (const app of apps) await app.stop();
		await program.remove();
		await postgres.stop();
	}
}
