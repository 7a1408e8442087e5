/** What a server that logs a lot keeps in its heap: by itself, under us, and under a debugger that enables `Runtime`, which makes V8 keep what is logged. */
import { join } from "node:path";
import { createProcessLister } from "../../../src/monitor/index.js";
import { type App, startApp } from "../../runtime/support/app.js";
import { Debugger } from "../../runtime/support/debugger.js";
import { Watcher } from "../../runtime/support/watcher.js";
import type { BenchRow } from "../row.js";

const SCRIPT = join(import.meta.dirname, "../../runtime/support/plain-app.cjs");
const LOGS_PER_ROUND = 2_000;
/** After which the code of each is compiled, and what attaching took is there. */
const WARM_UP_ROUNDS = 3;
const READINGS = 5;

/** How much more the heap grows while we observe. What attaching itself takes, once, is in the details. @param minutes for which all three log, side by side */
export async function logHeavyBench(minutes: number): Promise<BenchRow> {
	const start = (...more: readonly string[]) => startApp(SCRIPT, { nodeOptions: ["--expose-gc", ...more] });
	const [alone, observed, debugged] = await Promise.all([start(), start(), start("--inspect=127.0.0.1:0")]);
	const apps = [alone, observed, debugged];
	const watcher = new Watcher();
	try {
		await watcher.attachByPid(observed.pid, { intervalMs: 1_000 });
		const debug = await enableRuntime(debugged);
		const log = () => Promise.all(apps.map((app) => app.get(`/log?count=${LOGS_PER_ROUND}`)));
		for (let round = 0; round < WARM_UP_ROUNDS; round++) await log();
		const [aloneBefore = 0, observedBefore = 0] = await Promise.all(apps.map(heapMb));
		const until = performance.now() + minutes * 60_000;
		while (performance.now() < until) await log();
		const [aloneAfter = 0, observedAfter = 0, debuggedAfter = 0] = await Promise.all(apps.map(heapMb));
		debug.close();
		const range = (before: number, after: number) => `${before.toFixed(1)} to ${after.toFixed(1)} MB`;
		return {
			name: "observe, heap growth of a log-heavy target",
			ratio: observedAfter / observedBefore / (aloneAfter / aloneBefore),
			bound: 1.05,
			detail: `${range(observedBefore, observedAfter)} observed / ${range(aloneBefore, aloneAfter)} alone in ${minutes} min; ${debuggedAfter.toFixed(1)} MB under Runtime.enable`,
		};
	} finally {
		await watcher.dispose();
		await Promise.all(apps.map((app) => app.stop()));
	}
}

async function enableRuntime(app: App): Promise<Debugger> {
	const inspector = (await createProcessLister().find(app.pid))?.inspector;
	if (inspector?.kind !== "open") throw new Error("The inspector is not open.");
	const debug = await Debugger.connect(inspector);
	await debug.send("Runtime.enable");
	return debug;
}

/** After garbage collection; the lowest of several, as one collection may leave behind what the next one takes. */
async function heapMb(app: App): Promise<number> {
	const readings: number[] = [];
	for (let reading = 0; reading < READINGS; reading++) readings.push(Number(await app.get("/heap")) / 1e6);
	return Math.min(...readings);
}
