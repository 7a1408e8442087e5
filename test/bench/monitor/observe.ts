/** What observing a loaded Prisma server once per second costs it. */
import { createProcessLister } from "../../../src/monitor/index.js";
import { attach } from "../../../src/monitor/inspector/attach.js";
import type { App } from "../../runtime/support/app.js";
import type { Watcher } from "../../runtime/support/watcher.js";
import type { BenchRow } from "../row.js";
import { compare, load } from "./target-load.js";

const READINGS = 1_000;
const WARM_UP_READINGS = 300;
const LOAD_OPERATIONS = 8_000;

/** One reading's cpu, over the cpu that the process uses under load in the second that it stands for. */
export async function readingBench(app: App): Promise<BenchRow> {
	await load(app, LOAD_OPERATIONS);
	const { cpuMs, throughput } = await load(app, LOAD_OPERATIONS);
	const perSecond = cpuMs * throughput;
	const reading = await cpuOfReading(app);
	return {
		name: "observe at 1 Hz, cpu",
		ratio: reading / perSecond,
		bound: 0.001,
		detail: `${reading.toFixed(3)} ms cpu per reading / ${perSecond.toFixed(0)} ms cpu per second under load`,
	};
}

/** Milliseconds of the target's cpu that one reading costs, over many of them without other load. */
async function cpuOfReading(app: App): Promise<number> {
	const target = { kind: "pid", pid: app.pid, mayOpenInspector: true } as const;
	const attachment = await attach(target, { allowRemote: false }, createProcessLister(), () => {});
	try {
		for (let at = 0; at < WARM_UP_READINGS; at++) await attachment.read();
		const before = Number(await app.get("/cpu"));
		for (let at = 0; at < READINGS; at++) await attachment.read();
		return (Number(await app.get("/cpu")) - before) / 1_000 / READINGS;
	} finally {
		await attachment.release();
	}
}

/** Operations per second without us over those while we observe; each window is long enough for a reading or more. */
export async function throughputBench(apps: readonly [App, App], watcher: Watcher): Promise<BenchRow> {
	const {
		without,
		with: observed,
		throughputRatio,
	} = await compare(apps, { pairs: 8, operations: 4_000 }, async (app, on) => {
		if (on) await watcher.attachByPid(app.pid, { intervalMs: 1_000 });
		else await watcher.detach();
	});
	return {
		name: "observe at 1 Hz, throughput",
		ratio: throughputRatio,
		bound: 1.02,
		detail: `${without.throughput.toFixed(0)} operations/s / ${observed.throughput.toFixed(0)} observed; middle of paired windows`,
	};
}
