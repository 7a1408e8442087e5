import type { App } from "../../runtime/support/app.js";
import { median } from "../statistics.js";

/** What a fixed amount of work took the target. */
interface LoadCost {
	/** Milliseconds of its cpu per operation. */
	readonly cpuMs: number;
	/** Operations per second of real time. */
	readonly throughput: number;
}

const PARALLEL_REQUESTS = 4;
const WARM_UP_OPERATIONS = 8_000;

/** Runs so many operations, four at a time. */
export async function load(app: App, operations: number): Promise<LoadCost> {
	const start = performance.now();
	const cpuBefore = Number(await app.get("/cpu"));
	await Promise.all(Array.from({ length: PARALLEL_REQUESTS }, () => app.get(`/count?times=${operations / PARALLEL_REQUESTS}`)));
	const cpuMs = (Number(await app.get("/cpu")) - cpuBefore) / 1_000;
	return { cpuMs: cpuMs / operations, throughput: operations / ((performance.now() - start) / 1_000) };
}

export interface Comparison {
	readonly without: LoadCost;
	readonly with: LoadCost;
	/** Of cpu, with over without. */
	readonly cpuRatio: number;
	/** Of throughput, without over with: above 1 is a loss. */
	readonly throughputRatio: number;
}

export interface Windows {
	readonly pairs: number;
	readonly operations: number;
}

/**
 * Two processes of one program take turns in short windows, so that what else the machine does meets both alike; halfway they change
 * places, so that what makes one process slower than the other does not count.
 */
export async function compare(
	apps: readonly [App, App],
	{ pairs, operations }: Windows,
	turn: (app: App, on: boolean) => Promise<void>,
): Promise<Comparison> {
	const [first, second] = apps;
	const halves: (readonly (readonly [off: LoadCost, on: LoadCost])[])[] = [];
	for (const [off, on] of [
		[first, second],
		[second, first],
	] as const) {
		await turn(off, false);
		await turn(on, true);
		for (const app of apps) await load(app, WARM_UP_OPERATIONS);
		const half: [LoadCost, LoadCost][] = [];
		for (let pair = 0; pair < pairs; pair++) half.push([await load(off, operations), await load(on, operations)]);
		halves.push(half);
	}
	const ratio = (of: (off: LoadCost, on: LoadCost) => number) =>
		Math.sqrt(halves.reduce((product, half) => product * median(half.map(([off, on]) => of(off, on))), 1));
	const middle = (side: 0 | 1): LoadCost => {
		const costs = halves.flat().map((pair) => pair[side]);
		return { cpuMs: median(costs.map(({ cpuMs }) => cpuMs)), throughput: median(costs.map(({ throughput }) => throughput)) };
	};
	return {
		without: middle(0),
		with: middle(1),
		cpuRatio: ratio((off, on) => on.cpuMs / off.cpuMs),
		throughputRatio: ratio((off, on) => off.throughput / on.throughput),
	};
}
