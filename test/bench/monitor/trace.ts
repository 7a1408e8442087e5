import type { App } from "../../runtime/support/app.js";
import type { Watcher } from "../../runtime/support/watcher.js";
import type { BenchRow } from "../row.js";
import { hookCost } from "./hook-cost.js";
import { compare } from "./target-load.js";

/**
 * What the level trace adds to the cpu of a Prisma operation, a count that PostgreSQL answers at once. What is not our hook's is
 * Prisma's own: once a hook is set, it describes each span and waits for one more promise.
 */
export async function traceBench(apps: readonly [App, App], watchers: readonly [Watcher, Watcher]): Promise<BenchRow> {
	for (const [at, app] of apps.entries()) await watchers[at]?.attachByPid(app.pid, { intervalMs: 1_000 });
	const {
		without,
		with: traced,
		cpuRatio,
	} = await compare(apps, { pairs: 60, operations: 400 }, async (app, on) => {
		await watchers[apps.indexOf(app)]?.setLevel("trace", on);
	});
	for (const watcher of watchers) await watcher.detach();
	const micros = ({ cpuMs }: typeof without) => (cpuMs * 1_000).toFixed(0);
	return {
		name: "trace, cpu per operation",
		ratio: cpuRatio,
		bound: 1.1,
		detail: `${micros(traced)} µs / ${micros(without)} µs, middle of paired windows; our hook is ${(await hookCost()).toFixed(1)} µs of it, the rest Prisma's spans`,
	};
}
