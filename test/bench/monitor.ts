/** What watching a loaded Prisma server costs it: the cpu of one reading per second, over the cpu per second that the same process uses under load without us. */
import { startPostgres } from "../../scripts/lib/postgres.js";
import { createProcessLister } from "../../src/monitor/index.js";
import { attach } from "../../src/monitor/inspector/attach.js";
import type { App } from "../runtime/support/app.js";
import { buildPrismaProgram, TABLES } from "../runtime/support/prisma-target.js";
import type { BenchRow } from "./row.js";

const LOAD_MS = 8_000;
const PARALLEL_REQUESTS = 4;
const READINGS = 3_000;
const WARM_UP_READINGS = 300;

export async function monitorBench(): Promise<BenchRow[]> {
	const postgres = await startPostgres();
	const program = await buildPrismaProgram();
	try {
		await postgres.query(TABLES);
		const app = await program.start(postgres.url);
		try {
			return [await costAtOneHertz(app)];
		} finally {
			await app.stop();
		}
	} finally {
		await program.remove();
		await postgres.stop();
	}
}

async function costAtOneHertz(app: App): Promise<BenchRow> {
	await app.get("/open?max=5");
	await app.get("/open?max=5");
	await loadFor(app, 1_000);
	const loaded = await cpuOf(app, () => loadFor(app, LOAD_MS));
	const reading = await cpuOfReading(app);
	const perSecond = loaded.cpuMs / (loaded.wallMs / 1_000);
	return {
		name: "monitor at 1 Hz",
		ratio: reading / perSecond,
		bound: 0.01,
		detail: `${reading.toFixed(2)} ms cpu per reading / ${perSecond.toFixed(0)} ms cpu per second under load`,
	};
}

/** Milliseconds of the target's cpu that one reading costs, over many of them without other load. */
async function cpuOfReading(app: App): Promise<number> {
	const target = { kind: "pid", pid: app.pid, mayOpenInspector: true } as const;
	const attachment = await attach(target, { allowRemote: false }, createProcessLister(), () => {});
	try {
		for (let at = 0; at < WARM_UP_READINGS; at++) await attachment.read();
		const measured = await cpuOf(app, async () => {
			for (let at = 0; at < READINGS; at++) await attachment.read();
		});
		return measured.cpuMs / READINGS;
	} finally {
		await attachment.release();
	}
}

async function loadFor(app: App, ms: number): Promise<void> {
	const until = performance.now() + ms;
	const client = async () => {
		while (performance.now() < until) await app.get("/load?queries=2&seconds=0");
	};
	await Promise.all(Array.from({ length: PARALLEL_REQUESTS }, client));
}

async function cpuOf(app: App, work: () => Promise<void>): Promise<{ readonly cpuMs: number; readonly wallMs: number }> {
	const cpuBefore = Number(await app.get("/cpu"));
	const start = performance.now();
	await work();
	const wallMs = performance.now() - start;
	return { cpuMs: (Number(await app.get("/cpu")) - cpuBefore) / 1_000, wallMs };
}
